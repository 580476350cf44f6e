"""The peers of the rows of detection metrics: the RSNA metric in numpy, as one writes it (no library has it), and COCO's AP by
faster-coco-eval, from arrays in memory to the number."""
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from side import serve

THRESHOLDS = np.arange(40, 80, 5) / 100


def overlaps(a, b):
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    sides = (high - low).clip(0)
    both = sides[..., 0] * sides[..., 1]
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return both / (area(a)[:, None] + area(b)[None] - both)


def film_score(preds, truth):
    if len(truth) == 0:
        return None if len(preds) == 0 else 0.0
    if len(preds) == 0:
        return 0.0
    sure = preds[np.lexsort((preds[:, 3], preds[:, 2], preds[:, 1], preds[:, 0], -preds[:, 4]))]
    iou = overlaps(sure[:, :4], truth)
    total = 0.0
    for t in THRESHOLDS:
        free, hits = iou.copy(), 0
        for p in range(len(sure)):
            best = free[p].argmax()
            if free[p, best] > t:
                hits += 1
                free[:, best] = -1
        total += hits / (len(sure) + len(truth) - hits)
    return total / len(THRESHOLDS)


def coco_ap(preds, truth):
    from faster_coco_eval import COCO, COCOeval_faster

    corner = lambda b: [b[0], b[1], b[2] - b[0], b[3] - b[1]]
    annotations, found = [], []
    for film, boxes in enumerate(truth):
        for b in boxes.tolist():
            box = corner(b)
            annotations.append(dict(id=len(annotations) + 1, image_id=film, category_id=1, bbox=box, area=box[2] * box[3], iscrowd=0))
    for film, boxes in enumerate(preds):
        found += [dict(image_id=film, category_id=1, bbox=corner(b), score=b[4]) for b in boxes.tolist()]
    images = [dict(id=film, width=1024, height=1024) for film in range(len(truth))]
    known = COCO(dict(images=images, annotations=annotations, categories=[dict(id=1, name='opacity')]))
    evaluated = COCOeval_faster(known, known.loadRes(found), 'bbox', print_function=lambda *_: None)
    evaluated.evaluate()
    evaluated.accumulate()
    evaluated.summarize()
    return float(evaluated.stats[0])


def prepare(settings):
    films = settings['films']
    read = lambda name, width: np.fromfile(f"{settings['scratch']}/{name}.f64").reshape(-1, width)

    def by_film(rows):
        ends = np.searchsorted(rows[:, 0], np.arange(1, films))
        return np.split(rows[:, 1:], ends)

    preds, truth = by_film(read('detections', 6)), by_film(read('truth', 5))
    if settings['metric'] == 'coco':
        import faster_coco_eval

        version = {'faster-coco-eval': faster_coco_eval.__version__}
        return dict(versions=version, unit=lambda: dict(ap=coco_ap(preds, truth)))

    def unit():
        scores = [film_score(p, t) for p, t in zip(preds, truth)]
        return dict(ap=float(np.mean([s for s in scores if s is not None])))

    return dict(versions=dict(numpy=np.__version__), unit=unit)


serve(prepare)
