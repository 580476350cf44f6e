"""COCO AP and AR by pycocotools on random films: ties, films without truth or predictions, crowds, area ranges, limits.

Writes packages/metrics/src/fixtures/coco.json. Run: python tools/oracles/metrics_coco.py
"""
import contextlib
import io
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SEED = 20270
COCO_THRESHOLDS = np.arange(50, 100, 5) / 100
RSNA_THRESHOLDS = np.arange(40, 80, 5) / 100
AREAS = ["all", "small", "medium", "large"]


def evaluate(films, thresholds=COCO_THRESHOLDS, max_detections=100):
    """AP and AR of each area range, and AP and recall of each threshold where all areas count; -1 without truth."""
    corner = lambda b: [b[0], b[1], b[2] - b[0], b[3] - b[1]]
    annotations, found = [], []
    for i, film in enumerate(films):
        for box, crowd in zip(film["truth"], film["crowd"]):
            b = corner(box)
            annotations.append(dict(id=len(annotations) + 1, image_id=i, category_id=1, bbox=b, area=b[2] * b[3], iscrowd=crowd))
        found += [dict(image_id=i, category_id=1, bbox=corner(p[:4]), score=p[4] / 100) for p in film["preds"]]
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = dict(images=[dict(id=i) for i in range(len(films))], annotations=annotations, categories=[dict(id=1)])
        truth.createIndex()
        if not found:
            raise ValueError("pycocotools cannot load an empty list of predictions")
        run = COCOeval(truth, truth.loadRes(found), "bbox")
        run.params.iouThrs = np.array(thresholds)
        run.params.maxDets = [max_detections]
        run.evaluate()
        run.accumulate()
    precision, recall = run.eval["precision"][:, :, 0, :, 0], run.eval["recall"][:, 0, :, 0]  # [T, R, A], [T, A]
    return {
        "thresholds": [float(t) for t in thresholds],
        "maxDetections": max_detections,
        "ap": {name: float(precision[:, :, a].mean()) for a, name in enumerate(AREAS)},
        "ar": {name: float(recall[:, a].mean()) for a, name in enumerate(AREAS)},
        "apAt": precision[:, :, 0].mean(axis=1).tolist(),
        "recallAt": recall[:, 0].tolist(),
    }


def film(rng, levels, crowds, most):
    """Boxes about the sizes where areas change class; some sides make IoU exactly a threshold; `levels` scores make ties."""
    size = int(rng.choice([20, 32, 60, 96, 140]))

    def box():
        x, y = rng.integers(0, 30, 2) * 4
        w, h = np.maximum(4, size + rng.integers(-4, 5, 2) * (size // 10))
        return [int(x), int(y), int(x + w), int(y + h)]

    truth = [box() for _ in range(rng.integers(0, 4))]
    near = lambda b: [b[0], b[1], b[2], b[1] + max(2, (b[3] - b[1]) * int(rng.integers(8, 21)) // 20)]
    preds = []
    for _ in range(rng.integers(0, most)):
        chosen = near(truth[rng.integers(len(truth))]) if truth and rng.random() < 0.6 else box()
        preds.append([*chosen, int(rng.integers(0, levels)) * (100 // levels)])
    return {"preds": preds, "truth": truth, "crowd": [int(crowds and rng.random() < 0.3) for _ in truth]}


rng = np.random.default_rng(SEED)
cases = []
for k in range(40):
    levels, crowds, most = [4, 100][k % 2], k % 4 > 1, [4, 9, 24][k % 3]
    films = [film(rng, levels, crowds, most) for _ in range([3, 12, 30][(k // 3) % 3])]
    if not any(f["preds"] for f in films):
        films[0]["preds"] = [[0, 0, 40, 40, 50]]
    results = [evaluate(films), evaluate(films, RSNA_THRESHOLDS), evaluate(films, [0.5]), evaluate(films, max_detections=1 + k % 5)]
    cases.append({"films": films, "results": results})
# no truth at all, and only crowds
alone = {"preds": [[0, 0, 40, 40, 50]], "truth": [], "crowd": []}
crowd = {"preds": [[0, 0, 40, 40, 50]], "truth": [[0, 0, 40, 40]], "crowd": [1]}
cases += [{"films": [alone], "results": [evaluate([alone])]}, {"films": [crowd], "results": [evaluate([crowd])]}]
# 100 truth boxes on as many films, 57 found: a recall of exactly .57, where numpy's grid has .5700000000000001
square = lambda score: {"preds": [[0, 0, 40, 40, score]] if score else [], "truth": [[0, 0, 40, 40]], "crowd": [0]}
grid = [square(90 if i < 57 else 0) for i in range(100)] + [{**alone, "preds": [[0, 0, 40, 40, 95]]}]
cases.append({"films": grid, "results": [evaluate(grid)]})

# A weight of 0, 1, 2 or 3 a film is that film so many times: what a resample of patients is. Distinct scores a film.
weighted = []
for k in range(12):
    films = [f for f in (film(rng, 100, k % 2 == 1, 8) for _ in range(12))]
    for f in films:
        kept = {p[4]: p for p in f["preds"]}
        f["preds"] = list(kept.values())
    weights = [int(w) for w in rng.integers(0, 4, len(films))]
    copies = [f for f, w in zip(films, weights) for _ in range(w)]
    weighted.append({"films": films, "weights": weights, **{key: evaluate(copies)[key] for key in ["apAt", "recallAt"]}})

out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/coco.json"
header = {
    "tool": "tools/oracles/metrics_coco.py (pycocotools, iouThrs set to hundredths)",
    "version": f"pycocotools {version('pycocotools')}, numpy {np.__version__}",
    "seed": SEED,
    "note": "preds are [x0, y0, x1, y1, score * 100]; -1 where no truth box counts",
}
out.write_text(json.dumps({**header, "cases": cases, "weighted": weighted}, separators=(",", ":")) + "\n")
print(out.name, len(cases), "cases,", len(weighted), "weighted,", out.stat().st_size, "bytes")
