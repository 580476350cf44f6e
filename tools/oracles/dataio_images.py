"""Oracle of packages/data-io/src/images: small PNG, JPEG and TIFF files and the grey values that Pillow reads in them.

Writes packages/data-io/src/images/fixtures/images.json: each file's bytes (base64) with Pillow's pixels, turned as EXIF
says (base64, 16 bits with the low byte first); and, of a few real films, the SHA-256 of Pillow's pixel bytes (no pixels).
Where the films are not at hand (RADIOGRAFT_FILMS, else shared/data beside the workspace) the hashes of the committed
fixture are kept. Pictures are formulas of row and column. It also has Pillow read what encodeImage.ts writes, and fails
where a value differs.
Run: python tools/oracles/dataio_images.py
"""
import base64, hashlib, io, json, os, struct, subprocess, zlib
from pathlib import Path

import numpy as np
import PIL
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / 'packages/data-io/src/images/fixtures/images.json'
FILMS = Path(os.environ.get('RADIOGRAFT_FILMS', ROOT.parent / 'shared/data'))
NAMED_FILMS = {
    'nih-mini-1024/images': ['00000001_000.png', '00001369_000.png', '00002578_000.png', '00028106_000.png'],
    'rsna-mini-64/stage_2_train_images': ['06893030-14ab-456d-a22d-05070773e370.png',
                                          'ff1bf27e-55e4-41b8-a0ab-4aff74ee529e.png'],
    'nih-mini/images': ['00000075_000.jpg', '00014995_000.jpg', '00030774_000.jpg'],
    'kermany-224': ['NORMAL/test-IM-0003-0001.jpeg', 'PNEUMONIA/train-person1430_bacteria_3695.jpeg',
                    'PNEUMONIA/train-person945_bacteria_2870.jpeg'],
}


def pixels(data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    wide = image.mode.startswith('I')
    return np.asarray(image, np.uint16) if wide else np.asarray(image.convert('L'))


def saved(image, format, **how):
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def packed(lines, bits):
    """Scan lines as PNG has them, filter byte 0 ahead of each."""
    if bits == 16:
        return b''.join(b'\0' + line.astype('>u2').tobytes() for line in lines)
    unpacked = [(line[:, None] >> np.arange(bits)[::-1] & 1).astype(np.uint8).ravel() for line in lines]
    return b''.join(b'\0' + np.packbits(line).tobytes() for line in unpacked)


def grey_png(values, bits, interlaced=False, before=b''):
    """Pillow writes neither 2 and 4 bits of grey nor interlaced files."""
    rows, columns = values.shape
    adam7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    passes = [values[r::dr, c::dc] for r, c, dr, dc in adam7] if interlaced else [values]
    lines = b''.join(packed(each, bits) for each in passes if each.size)
    head = struct.pack('>IIBBBBB', columns, rows, bits, 0, 0, 0, int(interlaced))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + before + chunk(b'IDAT', zlib.compress(lines))
            + chunk(b'IEND', b''))


def linear_profile():
    """A colour profile of gamma 1: a reader that heeds it makes every value brighter (ICC.1 section 7 and 9)."""
    def xyz(*v):
        return b'XYZ \0\0\0\0' + b''.join(struct.pack('>i', round(x * 65536)) for x in v)
    curve = b'curv\0\0\0\0' + struct.pack('>I', 0)
    tags = {b'wtpt': xyz(0.9642, 1, 0.8249), b'rXYZ': xyz(0.4361, 0.2225, 0.0139), b'gXYZ': xyz(0.3851, 0.7169, 0.0971),
            b'bXYZ': xyz(0.1431, 0.0606, 0.7141), b'rTRC': curve, b'gTRC': curve, b'bTRC': curve}
    at, table, body = 128 + 4 + 12 * len(tags), b'', b''
    for name, data in tags.items():
        table += name + struct.pack('>II', at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack('>I4sI4s4s4s', size, b'\0' * 4, 0x02100000, b'mntr', b'RGB ', b'XYZ ') + b'\0' * 12 + b'acsp'
    head = (head + b'\0' * 28 + struct.pack('>iii', 63190, 65536, 54061)).ljust(128, b'\0')
    return head + struct.pack('>I', len(tags)) + table + body


def turned(orientation):
    exif = Image.Exif()
    exif[274] = orientation
    return exif


def entry(name, format, data):
    image = pixels(data)
    return {'name': name, 'format': format, 'rows': image.shape[0], 'columns': image.shape[1],
            'bits': image.dtype.itemsize * 8, 'file': base64.b64encode(data).decode(),
            'stored': base64.b64encode(image.tobytes()).decode()}


def files():
    r, c = np.mgrid[0:9, 0:13]
    g8 = ((37 * r + 11 * c) % 256).astype(np.uint8)
    g16 = ((9001 * r + 1303 * c + 7) % 65536).astype(np.uint16)
    y, x = np.mgrid[0:24, 0:40]
    soft = np.clip(20 + 5 * x + 2 * y + 20 * ((x // 8 + y // 8) % 2), 0, 255).astype(np.uint8)
    i8, i16, film = Image.fromarray(g8), Image.fromarray(g16), Image.fromarray(soft)
    corner = film.crop((0, 0, 14, 10))
    opaque = Image.fromarray(np.full_like(g8, 255))
    gamma = chunk(b'gAMA', struct.pack('>I', 100000))
    grey_palette = i8.convert('P')
    yield entry('8 bits', 'png', saved(i8, 'PNG'))
    yield entry('16 bits', 'png', saved(i16, 'PNG'))
    for bits in (1, 2, 4):
        yield entry(f'{bits} bit(s)', 'png', grey_png(g8 % 2**bits, bits))
    yield entry('interlaced, 8 bits', 'png', grey_png(g8, 8, interlaced=True))
    yield entry('interlaced, 16 bits', 'png', grey_png(g16, 16, interlaced=True))
    yield entry('gamma of 1', 'png', grey_png(g8, 8, before=gamma))
    yield entry('gamma of 1, 16 bits', 'png', grey_png(g16, 16, before=gamma))
    yield entry('grey palette', 'png', saved(grey_palette, 'PNG'))
    yield entry('RGB, all equal', 'png', saved(i8.convert('RGB'), 'PNG'))
    yield entry('RGB with a linear profile', 'png', saved(i8.convert('RGB'), 'PNG', icc_profile=linear_profile()))
    yield entry('RGBA, all equal, opaque', 'png', saved(i8.convert('RGBA'), 'PNG'))
    yield entry('grey with opaque alpha', 'png', saved(Image.merge('LA', [i8, opaque]), 'PNG'))
    yield entry('baseline', 'jpeg', saved(film, 'JPEG', quality=80))
    yield entry('progressive', 'jpeg', saved(film, 'JPEG', quality=80, progressive=True))
    yield entry('RGB, all equal', 'jpeg', saved(film.convert('RGB'), 'JPEG', quality=80))
    yield entry('RGB with a linear profile', 'jpeg',
                saved(film.convert('RGB'), 'JPEG', quality=80, icc_profile=linear_profile()))
    for orientation in range(2, 9):
        yield entry(f'orientation {orientation}', 'jpeg', saved(corner, 'JPEG', quality=30, exif=turned(orientation)))
    yield entry('orientation 6', 'png', saved(i8, 'PNG', exif=turned(6)))
    yield entry('orientation 7, 16 bits', 'tiff', saved(i16, 'TIFF', tiffinfo={274: 7}))
    for compression in (None, 'tiff_lzw', 'tiff_adobe_deflate', 'packbits'):
        yield entry(f'8 bits, {compression}', 'tiff', saved(i8, 'TIFF', compression=compression))
        yield entry(f'16 bits, {compression}', 'tiff', saved(i16, 'TIFF', compression=compression))
    yield entry('16 bits, big TIFF', 'tiff', saved(i16, 'TIFF', big_tiff=True))
    yield entry('LZW with differences', 'tiff', saved(i16, 'TIFF', compression='tiff_lzw', tiffinfo={317: 2}))
    yield entry('8 bits, JPEG', 'tiff', saved(film, 'TIFF', compression='jpeg', quality=80))
    yield entry('RGB, all equal, JPEG', 'tiff', saved(film.convert('RGB'), 'TIFF', compression='jpeg', quality=80))
    yield entry('1 bit', 'tiff', saved(Image.fromarray(g8 % 2 * 255).convert('1'), 'TIFF'))
    yield entry('1 bit, fax', 'tiff', saved(Image.fromarray(g8 % 2 * 255).convert('1'), 'TIFF', compression='group4'))
    yield entry('white is zero', 'tiff', saved(i8, 'TIFF', tiffinfo={262: 0}))
    yield entry('grey palette', 'tiff', saved(grey_palette, 'TIFF'))
    yield entry('RGBA, all equal, opaque', 'tiff', saved(i8.convert('RGBA'), 'TIFF'))


def films():
    if not FILMS.is_dir():
        return json.loads(OUT.read_text())['films']
    found = []
    for folder, names in NAMED_FILMS.items():
        for name in names:
            image = pixels((FILMS / folder / name).read_bytes())
            found.append({'folder': folder, 'file': name, 'rows': image.shape[0], 'columns': image.shape[1],
                          'sha256': hashlib.sha256(image.tobytes()).hexdigest()})
    return found


ENCODE = """
import { encodeImage } from './packages/data-io/src/images/encodeImage.ts'
const [rows, columns] = [19, 31]
const made = []
for (const [format, Type] of [['png', Uint8Array], ['png', Uint16Array], ['tiff', Uint8Array], ['tiff', Uint16Array], ['jpeg', Uint8Array]]) {
  const stored = Type.from({ length: rows * columns }, (_, i) => 100 + (format === 'jpeg' ? i % 31 : i * i * 13))
  const bytes = await encodeImage({ format, rows, columns, stored })
  made.push({ format, file: Buffer.from(bytes).toString('base64'), stored: Array.from(stored) })
}
console.log(JSON.stringify(made))
"""


def check_encoder():
    node = ['node', '--conditions=@radiograft/source', '--import', './tools/ts-loader.mjs', '--input-type=module', '-e', ENCODE]
    for made in json.loads(subprocess.run(node, cwd=ROOT, check=True, capture_output=True, text=True).stdout):
        image = Image.open(io.BytesIO(base64.b64decode(made['file'])))
        values = np.asarray(image).astype(int)
        worst = np.abs(values - np.reshape(made['stored'], (19, 31))).max()
        assert image.format.lower() == made['format'] and image.mode in ('L', 'I;16'), (image.format, image.mode)
        assert worst <= (2 if made['format'] == 'jpeg' else 0), (made['format'], worst)


if __name__ == '__main__':
    header = {'tool': 'tools/oracles/dataio_images.py', 'pillow': PIL.__version__, 'numpy': np.__version__,
              'seed': 'none: formulas'}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    fixture = {'header': header, 'files': list(files()), 'films': films()}
    OUT.write_text(json.dumps(fixture, separators=(',', ':')) + '\n')
    check_encoder()
    print(OUT.name, OUT.stat().st_size, 'bytes')
