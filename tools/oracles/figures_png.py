"""Oracle for @radiograft/figures: Pillow reads PNG bytes that encodePng made.

Run: node prints the bytes, Pillow reads them (writes packages/figures/src/fixtures/png.json):
  python tools/oracles/figures_png.py
"""
import base64
import io
import json
import pathlib
import subprocess

import numpy as np
import PIL
from PIL import Image

ROOT = pathlib.Path(__file__).parents[2]
SCRIPT = """
import { encodePng } from './packages/figures/src/png/encodePng.ts'
const make = (width, height, channels) => {
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7 + (i >> 3) * 29 + ((i * i) >> 5)) % 256)
  return { width, height, png: Buffer.from(encodePng({ width, height, pixels })).toString('base64') }
}
console.log(JSON.stringify([make(13, 9, 1), make(7, 11, 3), make(1, 5, 1)]))
"""
node = ["node", "--conditions=@radiograft/source", "--import", "./tools/ts-loader.mjs", "--input-type=module", "-e", SCRIPT]
made = json.loads(subprocess.run(node, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
pictures = []
for picture in made:
    image = Image.open(io.BytesIO(base64.b64decode(picture["png"])))
    image.load()
    assert image.size == (picture["width"], picture["height"])
    pictures.append({"mode": image.mode, **picture, "pixels": np.asarray(image).ravel().tolist()})
fixture = {"header": {"tool": "Pillow", "version": PIL.__version__, "seed": "none"}, "pictures": pictures}
(ROOT / "packages/figures/src/fixtures/png.json").write_text(json.dumps(fixture) + "\n")
