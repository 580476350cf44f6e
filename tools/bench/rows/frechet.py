"""The peer of the row of FID's statistics: torch-fidelity's own functions on the same matrices, in float64."""
import pathlib
import sys

import numpy as np
import torch
import torch_fidelity
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from side import serve


def prepare(settings):
    torch.set_num_threads(settings['threads'])
    shape = (settings['films'], settings['columns'])
    read = lambda name: torch.from_numpy(np.fromfile(f"{settings['scratch']}/{name}.f32", np.float32).reshape(shape).astype(np.float64))
    real, fake = read('real'), read('fake')

    def unit():
        found = fid_statistics_to_metric(fid_features_to_statistics(real), fid_features_to_statistics(fake), False)
        return dict(distance=next(iter(found.values())))

    return dict(versions={'torch-fidelity': torch_fidelity.__version__, 'numpy': np.__version__}, unit=unit)


serve(prepare)
