"""The peer of the row of reading: pydicom, Pillow and torch's DataLoader, as many workers as ours has threads."""
import pathlib
import sys

import numpy as np
import PIL
import pydicom
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from side import serve


class Films(Dataset):
    def __init__(self, folder, size):
        self.files, self.size = sorted(folder.glob('*.dcm')), size

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        film = Image.fromarray(pydicom.dcmread(self.files[i]).pixel_array)
        small = film.resize((self.size, self.size), Image.Resampling.BOX)
        return torch.from_numpy(np.asarray(small, np.float32)[None] / 255)


def prepare(settings):
    torch.set_num_threads(1)
    films = Films(pathlib.Path(settings['scratch']) / 'folder' / 'stage_2_train_images', settings['size'])

    def unit():
        loader = DataLoader(films, batch_size=settings['batch'], num_workers=settings['threads'], drop_last=True)
        return dict(mean=float(np.mean([batch.mean().item() for batch in loader])))

    versions = dict(pydicom=pydicom.__version__, Pillow=PIL.__version__, torch=torch.__version__)
    return dict(versions=versions, count=len(films), unit=unit)


serve(prepare)
