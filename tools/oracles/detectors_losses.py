"""Oracle fixture for packages/detectors: focal loss (torchvision), smooth L1 with knee 1/9 (torch), and their gradients.
Run: python tools/oracles/detectors_losses.py"""
import json
from pathlib import Path

import numpy as np
import torch
import torchvision

SEED = 21
KNEE = 1 / 9


def main(path):
    rng = np.random.default_rng(SEED)
    b, a = 3, 16
    logits = torch.tensor(np.round(rng.normal(0, 3, (b, a)), 3), requires_grad=True)
    labels = rng.choice([-1, 0, 1], (b, a), p=[0.2, 0.6, 0.2])
    labels[2] = 0  # a film without boxes
    y = torch.tensor(labels.clip(0).astype(float))
    keep = torch.tensor((labels >= 0).astype(float))
    raw = torchvision.ops.sigmoid_focal_loss(logits, y, alpha=0.25, gamma=2, reduction='none') * keep
    npos = torch.tensor((labels == 1).sum(1).astype(float))
    batch = raw.sum() / npos.sum().clamp(min=1)
    film = (raw.sum(1) / npos.clamp(min=1)).mean()
    (g_batch,) = torch.autograd.grad(batch, logits, retain_graph=True)
    (g_film,) = torch.autograd.grad(film, logits)
    pred = torch.tensor(np.round(rng.normal(0, 0.4, (b, a, 4)), 3), requires_grad=True)
    deltas = torch.tensor(np.round(rng.normal(0, 0.4, (b, a, 4)), 3))
    # torch divides the square by beta: beta = 1/9 is the authors' 0.5 * 9 * d² below the knee
    l1 = torch.nn.functional.smooth_l1_loss(pred, deltas, beta=KNEE, reduction='none').sum(2) * (torch.tensor(labels) == 1)
    l_batch = l1.sum() / (4 * npos.sum().clamp(min=1))
    l_film = (l1.sum(1) / (4 * npos.clamp(min=1))).mean()
    (g_l1,) = torch.autograd.grad(l_batch, pred)
    r = lambda t: np.round(t.detach().numpy(), 9).tolist()
    json.dump(dict(
        tool='torch + torchvision', version=f'{torch.__version__} {torchvision.__version__}', seed=SEED,
        logits=r(logits), labels=labels.tolist(), pred=r(pred), deltas=r(deltas),
        focal=dict(batch=batch.item(), film=film.item(), gradBatch=r(g_batch), gradFilm=r(g_film)),
        smoothL1=dict(batch=l_batch.item(), film=l_film.item(), gradBatch=r(g_l1)),
    ), open(path, 'w'), separators=(',', ':'))
    print(batch.item(), film.item(), l_batch.item(), l_film.item())


main(Path(__file__).parents[2] / "packages/detectors/src/fixtures/losses.json")
