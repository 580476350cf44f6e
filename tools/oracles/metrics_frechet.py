"""Fréchet distances of larger sets, of more and of fewer films than columns, whose features are made of whole numbers alone.

Writes packages/metrics/src/distribution/fixtures/frechet.json. Run: python tools/oracles/metrics_frechet.py
"""
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric


def features(seed, rows, columns, shift):
    """Uniform numbers in [-.5, .5) of the generator s <- 1664525 s + 1013904223 mod 2^32, neighbours mixed, columns of unlike spread."""
    s, u = seed, np.empty(rows * columns)
    for i in range(u.size):
        s = (1664525 * s + 1013904223) % 2**32
        u[i] = s / 2**32 - 0.5
    u = u.reshape(rows, columns)
    mixed = u.copy()
    mixed[:, 1:] += 0.5 * u[:, :-1]
    return mixed * (1 + np.arange(columns) / columns) + shift


def exact(x, y):
    """The trace of the root is the sum of singular values of X Yᵀ, with no square in between: right to rounding in any rank."""
    (x0, y0), (n, m) = ((v - v.mean(0) for v in (x, y)), (len(x) - 1, len(y) - 1))
    root = np.linalg.svd(x0 @ y0.T, compute_uv=False).sum() / np.sqrt(n * m)
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + (x0**2).sum() / n + (y0**2).sum() / m - 2 * root)


cases = []
for rows, others, columns in [(300, 260, 150), (90, 70, 150), (40, 200, 67)]:
    x, y = features(1, rows, columns, 0.0), features(2, others, columns, 0.1)
    statistics = [fid_features_to_statistics(torch.from_numpy(v)) for v in (x, y)]
    fidelity = fid_statistics_to_metric(*statistics, False)["frechet_inception_distance"]
    cases.append({
        "rows": rows, "others": others, "columns": columns,
        "torchFidelity": float(fidelity), "singularValues": exact(x, y),
    })

out = Path(__file__).parents[2] / "packages/metrics/src/distribution/fixtures/frechet.json"
header = {"tool": "tools/oracles/metrics_frechet.py", "version": f"torch-fidelity {version('torch-fidelity')}, numpy {np.__version__}"}
out.write_text(json.dumps({**header, "cases": cases}, indent=1) + "\n")
print(json.dumps(cases, indent=1))
