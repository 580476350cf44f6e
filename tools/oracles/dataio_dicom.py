"""Oracle of packages/data-io/src/dicom: small DICOM films written and read by pydicom, JPEG by Pillow.

Writes packages/data-io/src/dicom/fixtures/dicom.json: each film's bytes (base64), pydicom's pixel_array, and the
values after rescale and window (pydicom.pixels.apply_rescale, apply_windowing). Films are formulas of row and column.
With --check FILE it reads a DICOM file written by writeDicom.ts and prints shape, dtype and pixels as JSON.
Run: python tools/oracles/dataio_dicom.py
"""
import base64, io, json, sys
from pathlib import Path

import numpy as np
import PIL
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels import apply_rescale, apply_windowing
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit

OUT = Path(__file__).resolve().parents[2] / 'packages/data-io/src/dicom/fixtures/dicom.json'


def film(values, syntax, stored_bits, photometric='MONOCHROME2', **more):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.SOPClassUID = '1.2.840.10008.5.1.4.1.1.7'
    ds.SOPInstanceUID = '2.25.1'
    ds.PatientAge = '051Y'
    ds.PatientSex = 'F'
    ds.ViewPosition = 'PA'
    ds.Rows, ds.Columns = values.shape
    ds.SamplesPerPixel = 1
    ds.PhotometricInterpretation = photometric
    ds.BitsAllocated = values.dtype.itemsize * 8
    ds.BitsStored = stored_bits
    ds.HighBit = stored_bits - 1
    ds.PixelRepresentation = int(values.dtype.kind == 'i')
    for name, value in more.items():
        setattr(ds, name, value)
    if syntax == JPEGBaseline8Bit:
        jpeg = io.BytesIO()
        Image.fromarray(values).save(jpeg, 'JPEG', quality=80)
        ds.PixelData = encapsulate([jpeg.getvalue()])
        ds['PixelData'].VR = 'OB'
    else:
        ds.PixelData = values.tobytes()
        ds['PixelData'].VR = 'OW' if values.dtype.itemsize == 2 else 'OB'
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def entry(name, *args, **more):
    data = film(*args, **more)
    ds = pydicom.dcmread(io.BytesIO(data))
    pixels = ds.pixel_array
    seen = apply_rescale(pixels, ds)
    if 'WindowCenter' in ds:
        low = ds.BitsStored and (-(2 ** (ds.BitsStored - 1)) if ds.PixelRepresentation else 0)
        high = low + 2**ds.BitsStored - 1
        a, b = (low * float(ds.get('RescaleSlope', 1)) + float(ds.get('RescaleIntercept', 0)) for low in (low, high))
        seen = (apply_windowing(seen.astype(np.float64), ds) - min(a, b)) / (max(a, b) - min(a, b))
        windowed = True
    else:
        windowed = False
    return {
        'name': name,
        'rows': int(ds.Rows),
        'columns': int(ds.Columns),
        'photometric': ds.PhotometricInterpretation,
        'dicom': base64.b64encode(data).decode(),
        'stored': pixels.ravel().tolist(),
        'windowed': [round(float(v), 9) for v in np.ravel(seen)] if windowed else None,
        'modality': None if windowed else [float(v) for v in np.ravel(seen)],
    }


def main():
    r, c = np.mgrid[0:6, 0:5]
    ramp8 = (40 * r + 11 * c).astype(np.uint8)
    ramp12 = (600 * r + 170 * c).astype(np.uint16)
    hounsfield = (-1000 + 300 * r + 71 * c).astype(np.int16)
    y, x = np.mgrid[0:24, 0:40]
    gradient = np.clip(20 + 5 * x + 2 * y + 20 * ((x // 8 + y // 8) % 2), 0, 255).astype(np.uint8)
    films = [
        entry('explicit 8 bit', ramp8, ExplicitVRLittleEndian, 8),
        entry('implicit 12 of 16 bit, MONOCHROME1', ramp12, ImplicitVRLittleEndian, 12, 'MONOCHROME1'),
        entry('explicit signed 16 bit, rescaled', hounsfield, ExplicitVRLittleEndian, 16, RescaleSlope='0.5', RescaleIntercept='-24'),
        entry('implicit 12 bit, linear window', ramp12, ImplicitVRLittleEndian, 12, WindowCenter='1500', WindowWidth='2000'),
        entry('explicit signed, rescaled, exact window', hounsfield, ExplicitVRLittleEndian, 16,
              RescaleSlope='2', RescaleIntercept='100', WindowCenter='-300', WindowWidth='1500', VOILUTFunction='LINEAR_EXACT'),
        entry('explicit 12 bit, sigmoid window', ramp12, ExplicitVRLittleEndian, 12,
              WindowCenter='1800', WindowWidth='1200', VOILUTFunction='SIGMOID'),
        entry('jpeg baseline 24 x 40', gradient, JPEGBaseline8Bit, 8),
    ]
    header = {'tool': 'tools/oracles/dataio_dicom.py', 'pydicom': pydicom.__version__, 'pillow': PIL.__version__,
              'numpy': np.__version__, 'seed': 'none: formulas'}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({'header': header, 'films': films}, indent=None, separators=(',', ':')) + '\n')
    print(OUT.name, OUT.stat().st_size, 'bytes')


if __name__ == '__main__':
    if '--check' in sys.argv:
        ds = pydicom.dcmread(sys.argv[sys.argv.index('--check') + 1])
        print(json.dumps({'shape': ds.pixel_array.shape, 'dtype': str(ds.pixel_array.dtype),
                          'pixels': ds.pixel_array.ravel().tolist()}))
    else:
        main()
