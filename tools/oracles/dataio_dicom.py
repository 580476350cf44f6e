"""Oracle of packages/data-io/src/dicom: small DICOM films written and read by pydicom, in every transfer syntax that is read.

Writes packages/data-io/src/dicom/fixtures/dicom.json: each film's bytes (base64), pydicom's pixel array, and the
values after rescale and window (pydicom.pixels.apply_rescale, apply_windowing). Films are formulas of row and column.
RLE is encoded by pydicom, JPEG by Pillow, JPEG-LS by pyjpegls, JPEG 2000 by pylibjpeg-openjpeg. Nothing in Python writes
lossless JPEG: `lossless_jpeg` below does, and pylibjpeg-libjpeg decodes each of its streams to the values it was given.
With --check FILE it reads a DICOM file written by writeDicom.ts and prints shape, dtype and pixels as JSON.
With --capture FILE it reads a capture of `radiograft graft` strictly, asks for what its IOD demands, and prints all it read
as JSON: packages/data-io/src/commands/graft/fixtures/capture.json was made so, from the bytes of syntheticCapture.test.ts.
Run: python tools/oracles/dataio_dicom.py
"""
import base64, io, json, struct, sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import PIL
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from libjpeg import decode as decode_jpeg
from pydicom.encaps import encapsulate, get_frame
from pydicom.pixels import apply_rescale, apply_windowing, pixel_array
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEG2000,
    JPEG2000Lossless, JPEGBaseline8Bit, JPEGLossless, JPEGLosslessSV1, JPEGLSLossless, JPEGLSNearLossless, RLELossless,
)

OUT = Path(__file__).resolve().parents[2] / 'packages/data-io/src/dicom/fixtures/dicom.json'


def lossless_jpeg(values, precision, predictor, restart_rows=0):
    """One component, T.81 annex H: 17 categories in codes of 4 and 10 bits, restarts after whole rows."""
    rows, columns = values.shape
    x = values.astype(np.int64)
    counts = [0] * 16
    counts[3], counts[9] = 14, 3
    codes, code = {}, 0
    for length in range(1, 17):
        for _ in range(counts[length - 1]):
            codes[len(codes)] = code, length
            code += 1
        code <<= 1
    out = bytearray(b'\xff\xd8\xff\xc3' + struct.pack('>HBHHB', 11, precision, rows, columns, 1) + b'\x01\x11\x00')
    out += b'\xff\xc4' + struct.pack('>H', 2 + 17 + 17) + bytes([0, *counts, *range(17)])
    if restart_rows:
        out += b'\xff\xdd' + struct.pack('>HH', 4, restart_rows * columns)
    out += b'\xff\xda' + struct.pack('>HB', 8, 1) + bytes([1, 0, predictor, 0, 0])
    bits = ''

    def flush(bits):
        bits += '1' * (-len(bits) % 8)
        for i in range(0, len(bits), 8):
            out.append(int(bits[i:i + 8], 2))
            if out[-1] == 0xFF:
                out.append(0)

    for r in range(rows):
        fresh = r == 0 or (restart_rows and r % restart_rows == 0)
        if fresh and r:
            flush(bits)
            out.extend([0xFF, 0xD0 + (r // restart_rows - 1) % 8])
            bits = ''
        for c in range(columns):
            left, above, corner = (int(v) for v in (x[r, c - 1], x[r - 1, c], x[r - 1, c - 1]))
            if fresh:
                expected = left if c else 1 << (precision - 1)
            elif c == 0:
                expected = above
            else:
                expected = [left, above, corner, left + above - corner, left + ((above - corner) >> 1),
                            above + ((left - corner) >> 1), (left + above) >> 1][predictor - 1]
            d = (int(x[r, c]) - expected) & 0xFFFF
            d -= 65536 if d > 32768 else 0
            category = 16 if d == 32768 else abs(d).bit_length()
            code, length = codes[category]
            bits += f'{code:0{length}b}'
            if 0 < category < 16:
                bits += f'{d if d > 0 else d + (1 << category) - 1:0{category}b}'
    flush(bits)
    return bytes(out + b'\xff\xd9')


def in_jp2(codestream, rows, columns, bits):
    """The codestream as a JP2 file (15444-1 annex I), which DICOM does not allow and some write."""
    box = lambda kind, data: struct.pack('>I4s', 8 + len(data), kind) + data
    header = box(b'ihdr', struct.pack('>IIHBBBB', rows, columns, 1, bits - 1, 7, 0, 0)) + box(b'colr', b'\x01\0\0' + struct.pack('>I', 17))
    return (box(b'jP  ', b'\r\n\x87\n') + box(b'ftyp', b'jp2 \0\0\0\0jp2 ') + box(b'jp2h', header) + box(b'jp2c', codestream))


def codestream_of(values, stored_bits, syntax):
    """The one frame of a film that was compressed to this syntax."""
    ds = pydicom.dcmread(io.BytesIO(film(values, syntax, stored_bits)))
    return get_frame(ds.PixelData, 0, number_of_frames=1)


def film(values, syntax, stored_bits, photometric='MONOCHROME2', frame=None, fragments=1, pixel_vr=None, options={}, **more):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.SOPClassUID = '1.2.840.10008.5.1.4.1.1.7'
    ds.SOPInstanceUID = '2.25.1'
    ds.PatientAge = '051Y'
    ds.PatientSex = 'F'
    ds.ViewPosition = 'PA'
    ds.BodyPartExamined = 'CHEST'
    ds.PatientOrientation = ['L', 'F']
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
        frame = jpeg.getvalue()
    if frame is not None:
        ds.PixelData = encapsulate([frame], fragments_per_frame=fragments)
        ds['PixelData'].VR = 'OB'
    elif syntax == ExplicitVRBigEndian:
        words = pixel_vr == 'OW' or values.dtype.itemsize == 2
        ds.PixelData = np.frombuffer(values.tobytes(), '<u2').astype('>u2').tobytes() if words else values.tobytes()
        ds['PixelData'].VR = 'OW' if words else 'OB'
    else:
        ds.PixelData = values.tobytes()
        ds['PixelData'].VR = 'OW' if values.dtype.itemsize == 2 else 'OB'
        if syntax.is_compressed and not syntax.is_deflated:
            ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
            ds.compress(syntax, generate_instance_uid=False, **options)
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue()


def entry(name, *args, **more):
    data = film(*args, **more)
    ds = pydicom.dcmread(io.BytesIO(data))
    # libjpeg-turbo as ours, not pylibjpeg's libjpeg, whose inverse cosine transform differs by up to 1
    baseline = ds.file_meta.TransferSyntaxUID == JPEGBaseline8Bit
    pixels = pixel_array(ds, decoding_plugin='pillow' if baseline else '')
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
        'modality': None if windowed or 'RescaleSlope' not in ds else [float(v) for v in np.ravel(seen)],
    }


def compressed_films():
    """A slope with edges, a flat part (runs for RLE and JPEG-LS) and the ends of the range. OpenJPEG's encoder wants 32 x 32."""

    def picture(bits, signed=False, rows=12, columns=16):
        r, c = np.mgrid[0:rows, 0:columns]
        top = 2**bits - 1
        values = np.where(r < 3, top // 5, (r * c * top) // (rows * columns) + ((r // 2 + c // 3) % 2) * (top // 9)) % (top + 1)
        values[-1, -2:] = 0, top
        values = values - 2 ** (bits - 1) if signed else values
        return values.astype(('i' if signed else 'u') + ('1' if bits <= 8 else '2'))

    kinds = [(8, False), (8, True), (12, False), (16, False), (16, True)]
    name = lambda bits, signed: f'{bits} bit{" signed" if signed else ""}'
    large = {'rows': 32, 'columns': 33}
    lossless = [(DeflatedExplicitVRLittleEndian, 'deflated', {}), (RLELossless, 'rle', {}), (JPEGLSLossless, 'jpeg-ls', {}),
                (JPEG2000Lossless, 'jpeg 2000', large)]
    films = [entry(f'{label} {name(*kind)}', picture(*kind, **size), syntax, kind[0]) for syntax, label, size in lossless for kind in kinds]
    signed13, plain13 = picture(13, True, **large), picture(13, **large)
    jpeg = lambda values, bits, *how: lossless_jpeg(values.astype(np.int64) % 2**bits, bits, *how)
    words = picture(12, True).astype('<i2')
    return films + [
        entry('jpeg-ls near-lossless 12 bit', picture(12), JPEGLSNearLossless, 12, options={'jls_error': 3}),
        entry('jpeg 2000 lossy 12 bit', picture(12, **large), JPEG2000, 12, options={'j2k_cr': [4]}),
        entry('jpeg 2000 lossy 12 bit signed', picture(12, True, **large), JPEG2000, 12, options={'j2k_cr': [4]}),
        entry('jpeg 2000 unsigned in a signed film', plain13, JPEG2000Lossless, 13, PixelRepresentation=1,
              frame=codestream_of(plain13, 13, JPEG2000Lossless)),
        entry('jpeg 2000 signed in an unsigned film', signed13, JPEG2000Lossless, 13, PixelRepresentation=0,
              frame=codestream_of(signed13, 13, JPEG2000Lossless)),
        entry('jpeg 2000 in a JP2 file, 3 fragments', plain13, JPEG2000Lossless, 13, fragments=3,
              frame=in_jp2(codestream_of(plain13, 13, JPEG2000Lossless), 32, 33, 13)),
        entry('jpeg lossless 8 bit', picture(8), JPEGLosslessSV1, 8, frame=jpeg(picture(8), 8, 1)),
        entry('jpeg lossless 12 bit', picture(12), JPEGLosslessSV1, 12, frame=jpeg(picture(12), 12, 1)),
        entry('jpeg lossless 16 bit', picture(16), JPEGLosslessSV1, 16, frame=jpeg(picture(16), 16, 1)),
        entry('jpeg lossless 12 bit signed, bits stored alone', words, JPEGLossless, 12, frame=jpeg(words, 12, 4)),
        entry('jpeg lossless 12 bit signed, all bits', words, JPEGLossless, 12, frame=jpeg(words, 16, 7, 2)),
        entry('jpeg lossless 12 bit in 16, 2 fragments', picture(12), JPEGLossless, 12, fragments=2, frame=jpeg(picture(12), 16, 6)),
        entry('big endian 8 bit in bytes', picture(8), ExplicitVRBigEndian, 8, 'MONOCHROME1'),
        entry('big endian 8 bit in words', picture(8), ExplicitVRBigEndian, 8, pixel_vr='OW'),
        entry('big endian 12 bit signed', words, ExplicitVRBigEndian, 12, RescaleSlope='2', RescaleIntercept='-5'),
    ]


def lossless_streams():
    """Every predictor with and without restarts, over noise and over the two ends of the range, where differences wrap."""
    rng = np.random.default_rng(7)
    streams = []
    for precision in (8, 16):
        for kind, values in (('noise', rng.integers(0, 2**precision, (5, 6))), ('ends', rng.integers(0, 2, (5, 6)) * (2**precision - 1))):
            for predictor in range(1, 8):
                for restart_rows in (0, 2):
                    stream = lossless_jpeg(values, precision, predictor, restart_rows)
                    assert (np.asarray(decode_jpeg(stream)).reshape(5, 6) == values).all()
                    streams.append({'name': f'{precision} bit {kind}, predictor {predictor}, restarts {restart_rows}',
                                    'stream': base64.b64encode(stream).decode(), 'values': values.ravel().tolist()})
    return streams


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
        *compressed_films(),
        entry('jpeg baseline 24 x 40', gradient, JPEGBaseline8Bit, 8),
    ]
    lossless = lossless_streams()
    header = {'tool': 'tools/oracles/dataio_dicom.py', 'pydicom': pydicom.__version__, 'pillow': PIL.__version__,
              'numpy': np.__version__, 'pyjpegls': version('pyjpegls'),
              'pylibjpeg-libjpeg': version('pylibjpeg-libjpeg'), 'pylibjpeg-openjpeg': version('pylibjpeg-openjpeg'),
              'seed': 'films: none, formulas; lossless noise: numpy default_rng(7)'}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({'header': header, 'films': films, 'lossless': lossless}, indent=None, separators=(',', ':')) + '\n')
    print(OUT.name, OUT.stat().st_size, 'bytes')


# Types 1 and 2 of the modules that PS3.3 table A.8-1 makes mandatory: Patient, General Study, General Series, SC Equipment,
# General Image, Image Pixel, SC Image, SOP Common; and type 1C and 2C whose condition holds in a graft
TYPE_1 = '''StudyInstanceUID Modality SeriesInstanceUID ConversionType SamplesPerPixel PhotometricInterpretation Rows Columns
    BitsAllocated BitsStored HighBit PixelRepresentation PixelData SOPClassUID SOPInstanceUID DeidentificationMethod'''.split()
TYPE_2 = '''PatientName PatientID PatientBirthDate PatientSex StudyDate StudyTime ReferringPhysicianName StudyID
    AccessionNumber SeriesNumber InstanceNumber PatientOrientation'''.split()


def capture(path):
    pydicom.config.settings.reading_validation_mode = pydicom.config.RAISE
    ds = pydicom.dcmread(path)
    lacks = [k for k in TYPE_1 if k not in ds or ds[k].is_empty] + [k for k in TYPE_2 if k not in ds]
    if 'RescaleIntercept' in ds and 'RescaleType' not in ds:
        lacks.append('RescaleType')
    assert not lacks, f'{path} lacks {lacks}'
    assert ds.file_meta.MediaStorageSOPInstanceUID == ds.SOPInstanceUID and ds.SOPInstanceUID.is_valid
    text = {e.keyword: '\\'.join(map(str, e.value)) if e.VM > 1 else str(e.value) for e in ds if e.keyword != 'PixelData'}
    return {'tool': f'pydicom {version("pydicom")}', 'bytes': base64.b64encode(Path(path).read_bytes()).decode(),
            'attributes': text, 'pixels': ds.pixel_array.ravel().tolist()}


if __name__ == '__main__':
    if '--capture' in sys.argv:
        print(json.dumps(capture(sys.argv[sys.argv.index('--capture') + 1]), indent=1))
    elif '--check' in sys.argv:
        ds = pydicom.dcmread(sys.argv[sys.argv.index('--check') + 1])
        print(json.dumps({'shape': ds.pixel_array.shape, 'dtype': str(ds.pixel_array.dtype),
                          'pixels': ds.pixel_array.ravel().tolist()}))
    else:
        main()
