"""Poisson blending by a sparse direct solve (scipy spsolve) in float64: rectangles, film edges, odd masks, overlaps.

The films are formulae, so the fixture stores results only. Where the mask meets the film's edge a neighbour that does
not exist is left out of the stencil (Neumann). Writes packages/blend/src/fixtures/poisson.json.
Run: python tools/oracles/blend_poisson.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
import scipy.sparse as sp
from scipy.sparse.linalg import spsolve


def film(h, w, a, b, c):  # the test builds the same films: x, y in pixels
    y, x = np.mgrid[0:h, 0:w].astype(np.float64)
    return 0.5 + 0.2 * np.sin(a * x + b * y) + 0.2 * np.cos(c * x * y / w)


def blend(src, tgt, mask, guidance):
    h, w = src.shape
    ys, xs = np.nonzero(mask)
    number = -np.ones((h, w), int)
    number[ys, xs] = np.arange(len(ys))
    rows, cols, vals, b = [], [], [], np.zeros(len(ys))
    for i, (y, x) in enumerate(zip(ys, xs)):
        degree = 0
        for dy, dx in ((0, -1), (0, 1), (-1, 0), (1, 0)):
            v, u = y + dy, x + dx
            if not (0 <= v < h and 0 <= u < w):
                continue
            degree += 1
            gs, gt = src[y, x] - src[v, u], tgt[y, x] - tgt[v, u]
            b[i] += {"source": gs, "zero": 0.0, "mixed": gt if abs(gt) > abs(gs) else gs}[guidance]
            if mask[v, u]:
                rows.append(i), cols.append(number[v, u]), vals.append(-1.0)
            else:
                b[i] += tgt[v, u]
        rows.append(i), cols.append(i), vals.append(float(degree))
    a = sp.csc_matrix((vals, (rows, cols)), (len(ys), len(ys)))
    solution = spsolve(a, b)
    return solution


def boxes_mask(h, w, boxes):
    m = np.zeros((h, w), bool)
    for x0, y0, x1, y1 in boxes:
        m[y0:y1, x0:x1] = True
    return m


H, W = 24, 30
cases = []


def case(name, boxes=None, mask=None, guidance="source", h=H, w=W):
    m = boxes_mask(h, w, boxes) if mask is None else mask
    f = blend(film(h, w, 0.31, 0.17, 0.05), film(h, w, -0.11, 0.23, 0.09), m, guidance)
    cases.append(
        {
            "name": name,
            "height": h,
            "width": w,
            "guidance": guidance,
            "boxes": boxes,
            "pixels": np.flatnonzero(m).tolist() if mask is not None else None,
            "result": [float(f"{v:.13g}") for v in f],
        }
    )


case("rectangle", [[5, 4, 17, 20]])
case("wide rectangle, mixed gradients", [[3, 6, 27, 12]], guidance="mixed")
case("rectangle, zero guidance", [[8, 3, 15, 21]], guidance="zero")
case("one pixel", [[7, 9, 8, 10]])
case("left edge", [[0, 4, 11, 18]])
case("right edge", [[19, 4, 30, 18]])
case("top edge", [[6, 0, 18, 9]])
case("bottom edge, mixed gradients", [[6, 14, 18, 24]], guidance="mixed")
case("top left corner", [[0, 0, 12, 10]])
case("bottom right corner", [[20, 12, 30, 24]])
case("left to right", [[0, 5, 30, 15]])
case("top to bottom", [[9, 0, 16, 24]])
case("three edges", [[0, 0, 30, 13]])
case("overlapping boxes", [[3, 3, 14, 15], [9, 8, 24, 21]])
case("overlapping boxes at the edge, zero guidance", [[0, 3, 9, 12], [5, 8, 20, 24]], guidance="zero")
case("touching boxes", [[4, 4, 10, 12], [10, 7, 18, 16]])
case("boxes apart, one at the edge", [[2, 2, 9, 9], [15, 10, 30, 22]])
y, x = np.mgrid[0:H, 0:W]
disc = ((x - 9) ** 2 + (y - 11) ** 2 < 64) & ~((abs(x - 9) < 3) & (abs(y - 11) < 2)) | ((x > 25) & (y > 17)) | ((x == 22) & (y == 3))
case("ring, corner and single pixel", mask=disc)
case("ring, mixed gradients", mask=disc, guidance="mixed")
case("film of one row", [[2, 0, 6, 1]], h=1, w=9)
case("film of one column, at the end", [[0, 4, 1, 8]], h=8, w=1)

out = Path(__file__).parents[2] / "packages/blend/src/fixtures/poisson.json"
header = {"tool": "scipy.sparse.linalg.spsolve", "version": f"scipy {scipy.__version__}, numpy {np.__version__}", "seed": None}
out.write_text(json.dumps({**header, "cases": cases}, separators=(",", ":")) + "\n")
print(out.name, len(cases), "cases", out.stat().st_size, "bytes")
