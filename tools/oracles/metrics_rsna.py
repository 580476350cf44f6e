"""RSNA detection metric on crowded random films, both orders, exact counts. Writes packages/metrics/src/fixtures/rsna.json.

Run: python tools/oracles/metrics_rsna.py
"""
import json
import platform
from fractions import Fraction
from pathlib import Path

import numpy as np

SEED = 20260
THRESHOLDS = [Fraction(k, 100) for k in range(40, 80, 5)]


def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    inter = max(w, 0) * max(h, 0)
    area = lambda r: (r[2] - r[0]) * (r[3] - r[1])
    return Fraction(inter, area(a) + area(b) - inter)


def confidence_first(preds, truth, t):
    free, tp = sorted(truth), 0
    for p in sorted(preds, key=lambda p: (-p[4], p[:4])):
        best = max(free, key=lambda g: iou(p, g), default=None)
        if best is not None and iou(p, best) > t:
            free.remove(best)
            tp += 1
    return [tp, len(preds) - tp, len(truth) - tp]


def ground_truth_first(preds, truth, t):  # the public kernel: >=, first prediction by score wins
    order, taken, tp = sorted(preds, key=lambda p: -p[4]), set(), 0
    for g in truth:
        for j, p in enumerate(order):
            if j not in taken and iou(g, p) >= t:
                taken.add(j)
                tp += 1
                break
    return [tp, len(preds) - tp, len(truth) - tp]


def film(rng):
    anchors = rng.integers(0, 24, (rng.integers(1, 3), 2))

    def box():
        x, y = anchors[rng.integers(len(anchors))] + rng.integers(0, 6, 2)
        w, h = rng.integers(12, 22, 2)
        return [int(x), int(y), int(x + w), int(y + h)]

    truth = [box() for _ in range(rng.integers(0, 5))]
    scores = rng.permutation(99)[: rng.integers(0, 8)]
    preds = [[*box(), int(s) + 1] for s in scores]
    return {
        "preds": preds,
        "truth": truth,
        "confidenceFirst": [confidence_first(preds, truth, t) for t in THRESHOLDS],
        "groundTruthFirst": [ground_truth_first(preds, truth, t) for t in THRESHOLDS],
    }


rng = np.random.default_rng(SEED)
films = [film(rng) for _ in range(300)]
differ = sum(f["confidenceFirst"] != f["groundTruthFirst"] for f in films)
out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/rsna.json"
header = {
    "tool": "tools/oracles/metrics_rsna.py (exact fractions)",
    "version": f"python {platform.python_version()}, numpy {np.__version__}",
    "seed": SEED,
    "note": "preds are [x0, y0, x1, y1, score * 100]; counts are [TP, FP, FN] at .40, .45 ... .75",
    "filmsWhereOrdersDiffer": differ,
}
out.write_text(json.dumps({**header, "films": films}, separators=(",", ":")) + "\n")
print(out.name, len(films), "films,", differ, "differ between orders")
