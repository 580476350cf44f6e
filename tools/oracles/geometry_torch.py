"""Oracle for @radiograft/geometry: torchvision box_iou, torch affine_grid + grid_sample, PIL BOX and OpenCV INTER_AREA.

Run: python tools/oracles/geometry_torch.py   (writes packages/geometry/src/fixtures/geometry.json)
Films are made by the same formula in the test: film(h, w)[r, c] = ((r * 7 + c * 13 + r * c * 5) % 31) / 31.
"""
import json
import pathlib

import cv2
import numpy as np
import PIL
import torch
import torch.nn.functional as F
import torchvision
from PIL import Image

SEED = 20260724
rng = np.random.default_rng(SEED)


def film(h, w):
    r, c = np.mgrid[:h, :w]
    return ((r * 7 + c * 13 + r * c * 5) % 31 / 31).astype(np.float32)


def numbers(array, digits=7):
    return [round(float(x), digits) for x in np.asarray(array).ravel()]


def boxes(n):
    low = rng.uniform(0, 60, (n, 2))
    return np.round(np.concatenate([low, low + rng.uniform(1, 50, (n, 2))], 1), 3)


a, b = boxes(9), boxes(11)
iou = torchvision.ops.box_iou(torch.tensor(a, dtype=torch.float64), torch.tensor(b, dtype=torch.float64))

thetas = [
    [1, 0, 0, 0, 1, 0],
    [1.2, 0, 0.1, 0, 0.8, -0.3],
    [0.9, -0.25, 0.05, 0.3, 1.1, 0.2],
    [-1, 0, 0, 0, 1, 0],
    [2, 0.5, 0, -0.5, 2, 0],
]
warps = []
for theta in thetas:
    for (h, w), (H, W) in [((7, 9), (7, 9)), ((6, 5), (4, 8))]:
        for padding in ["zeros", "border"]:
            grid = F.affine_grid(torch.tensor([theta], dtype=torch.float64).view(1, 2, 3), (1, 1, H, W), align_corners=False)
            x = torch.tensor(film(h, w), dtype=torch.float64)[None, None]
            y = F.grid_sample(x, grid, "bilinear", padding, align_corners=False)
            warps.append({"theta": theta, "from": [h, w], "to": [H, W], "padding": padding, "pixels": numbers(y)})

resizes = []
for (h, w), (H, W) in [((12, 8), (4, 2)), ((6, 6), (3, 3))]:
    out = Image.fromarray(film(h, w), mode="F").resize((W, H), Image.BOX)
    resizes.append({"oracle": "PIL BOX", "from": [h, w], "to": [H, W], "pixels": numbers(out)})
for (h, w), (H, W) in [((10, 7), (4, 3)), ((13, 11), (12, 2)), ((9, 5), (9, 4))]:
    out = cv2.resize(film(h, w), (W, H), interpolation=cv2.INTER_AREA)
    resizes.append({"oracle": "OpenCV INTER_AREA", "from": [h, w], "to": [H, W], "pixels": numbers(out)})
for (h, w), (H, W) in [((4, 5), (8, 7)), ((3, 1), (7, 2))]:
    x = torch.tensor(film(h, w), dtype=torch.float64)[None, None]
    out = F.interpolate(x, (H, W), mode="bilinear", align_corners=False)
    resizes.append({"oracle": "torch bilinear", "from": [h, w], "to": [H, W], "pixels": numbers(out)})

fixture = {
    "header": {
        "tool": "torch, torchvision, Pillow, opencv",
        "version": f"{torch.__version__}, {torchvision.__version__}, {PIL.__version__}, {cv2.__version__}",
        "seed": SEED,
    },
    "iou": {"a": a.tolist(), "b": b.tolist(), "matrix": numbers(iou, 10)},
    "warps": warps,
    "resizes": resizes,
}
out = pathlib.Path(__file__).parents[2] / "packages/geometry/src/fixtures/geometry.json"
out.write_text(json.dumps(fixture) + "\n")
