"""Latent class optimisation with a small generator that is not linear (tanh) and a classifier of two layers: score and gradient at
given latents by torch autograd in float64, and the top that a slow climb on the sphere reaches from each of them.

Writes packages/gan-models/src/fixtures/latent.json. Run: python tools/oracles/ganmodels_latent.py
"""
import json
from pathlib import Path

import torch

SEED = 67
torch.set_num_threads(1)  # a few numbers at a time: threads would only wait for each other
D, HIDDEN, PIXELS, UNITS = 6, 10, 16, 5
g = torch.Generator().manual_seed(SEED)
draw = lambda *shape: torch.randn(*shape, generator=g, dtype=torch.float64).round(decimals=5)
w = {"g1": draw(D, HIDDEN) / D**0.5, "g2": draw(HIDDEN, PIXELS) / HIDDEN**0.5, "c1": draw(PIXELS, UNITS) / 2, "c2": draw(UNITS, 1)}


def score(u):
    films = torch.tanh(torch.tanh(D**0.5 * u @ w["g1"]) @ w["g2"])
    return (torch.tanh(films @ w["c1"]) @ w["c2"]).squeeze()


def tangent(u):
    u = u.clone().requires_grad_()
    s = score(u)
    (grad,) = torch.autograd.grad(s, u)
    u = u.detach()
    return s.item(), grad, grad - (grad @ u) * u


climbs = []
for _ in range(5):
    u = draw(D)
    u /= u.norm()
    value, grad, _ = tangent(u)
    start = {"z": (D**0.5 * u).tolist(), "score": value, "gradient": (grad / D**0.5).tolist()}
    for _ in range(4_000):
        u = u + 0.05 * tangent(u)[2]
        u /= u.norm()
    value, _, rest = tangent(u)
    assert rest.norm() < 1e-9, rest.norm()
    climbs.append({"start": start, "top": {"z": (D**0.5 * u).tolist(), "score": value}})

out = Path(__file__).parents[2] / "packages/gan-models/src/fixtures/latent.json"
header = {"tool": "torch autograd in float64, tools/oracles/ganmodels_latent.py", "version": f"torch {torch.__version__}", "seed": SEED}
weights = {name: {"shape": list(v.shape), "values": v.ravel().tolist()} for name, v in w.items()}
out.write_text(json.dumps({**header, "weights": weights, "climbs": climbs}, separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes", [(c["start"]["score"], c["top"]["score"]) for c in climbs])
