"""Oracle fixture for packages/detectors: anchors, targets and deltas (numpy, in the manner of the anchor code that the
RSNA authors use), nms (torchvision). Run:
python tools/oracles/detectors_boxes.py"""
import json
from pathlib import Path

import numpy as np
import torch
import torchvision

SEED = 20
STD = np.array([0.1, 0.1, 0.2, 0.2])


def cell_anchors(base, ratios, scales):
    n = len(ratios) * len(scales)
    a = np.zeros((n, 4))
    a[:, 2:] = base * np.tile(scales, (2, len(ratios))).T
    areas = a[:, 2] * a[:, 3]
    a[:, 2] = np.sqrt(areas / np.repeat(ratios, len(scales)))
    a[:, 3] = a[:, 2] * np.repeat(ratios, len(scales))
    a[:, 0::2] -= np.tile(a[:, 2] * 0.5, (2, 1)).T
    a[:, 1::2] -= np.tile(a[:, 3] * 0.5, (2, 1)).T
    return a


def anchors(h, w, factor):
    out = []
    for level in range(3, 8):
        cells = cell_anchors(factor * 2 ** (level + 2), np.array([0.5, 1, 2]), np.array([2**0, 2 ** (1 / 3), 2 ** (2 / 3)]))
        rows, cols = (h + 2**level - 1) // 2**level, (w + 2**level - 1) // 2**level
        sx, sy = np.meshgrid((np.arange(cols) + 0.5) * 2**level, (np.arange(rows) + 0.5) * 2**level)
        shifts = np.vstack((sx.ravel(), sy.ravel(), sx.ravel(), sy.ravel())).T
        out.append((cells[None] + shifts[:, None]).reshape(-1, 4))
    return np.concatenate(out)


def targets(a, boxes):
    iou = torchvision.ops.box_iou(torch.from_numpy(a), torch.from_numpy(boxes)).numpy()
    best, arg = iou.max(1), iou.argmax(1)
    labels = np.full(len(a), -1)
    labels[best < 0.4] = 0
    labels[best >= 0.5] = 1
    g = boxes[arg]
    aw, ah, gw, gh = a[:, 2] - a[:, 0], a[:, 3] - a[:, 1], g[:, 2] - g[:, 0], g[:, 3] - g[:, 1]
    d = np.stack([(g[:, 0] + gw / 2 - a[:, 0] - aw / 2) / aw, (g[:, 1] + gh / 2 - a[:, 1] - ah / 2) / ah,
                  np.log(gw / aw), np.log(gh / ah)], 1) / STD
    return labels, d


def main(path):
    rng = np.random.default_rng(SEED)
    film = dict(height=96, width=80)
    a = anchors(film['height'], film['width'], 0.5)
    boxes = np.array([[8.0, 20, 36, 61], [45, 30, 71, 55.5]])
    labels, deltas = targets(a, boxes)
    pos = np.nonzero(labels == 1)[0]
    ign = np.nonzero(labels == -1)[0]
    xy = rng.uniform(0, 60, (120, 2))
    wh = rng.uniform(8, 40, (120, 2))
    nb = np.round(np.concatenate([xy, xy + wh], 1), 2)
    scores = rng.permutation(120) / 120
    out = dict(
        tool='numpy + torchvision', version=f'{np.__version__} {torchvision.__version__}', seed=SEED,
        anchors=dict(**film, factor=0.5, count=len(a), boxes=[[i, *map(float, a[i])] for i in range(0, len(a), 7)]),
        targets=dict(boxes=boxes.tolist(), positive=pos.tolist(), ignored=ign.tolist(), deltas=np.round(deltas[pos], 9).tolist()),
        nms=dict(boxes=nb.tolist(), scores=scores.tolist(), kept={
            str(t): torchvision.ops.nms(torch.from_numpy(nb), torch.from_numpy(scores), t).tolist() for t in (0.05, 0.3, 0.5)}),
    )
    json.dump(out, open(path, 'w'), separators=(',', ':'))
    print(len(a), len(pos), len(ign))


main(Path(__file__).parents[2] / "packages/detectors/src/fixtures/boxes.json")
