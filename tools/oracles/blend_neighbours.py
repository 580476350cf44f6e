"""Nearest films by scikit-learn brute force on area-averaged thumbnails. Writes packages/blend/src/fixtures/neighbours.json.

Run: python tools/oracles/blend_neighbours.py
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.neighbors import NearestNeighbors

SEED = 7
H, W, SIZE, K = 24, 16, 8, 3  # 3 x 2 blocks: a film that is not square
rng = np.random.default_rng(SEED)


def films(n):
    base = rng.integers(40, 200, (n, 1, 1))
    return np.clip(base + rng.integers(-40, 40, (n, H, W)), 0, 255)


pool, queries = films(60), films(15)
small = lambda f: (f / 255).reshape(len(f), SIZE, H // SIZE, SIZE, W // SIZE).mean((2, 4)).reshape(len(f), -1)
zscore = lambda f: (f - f.mean(1, keepdims=True)) / f.std(1, keepdims=True)


def search(prepare):
    nn = NearestNeighbors(n_neighbors=K, algorithm="brute").fit(prepare(small(pool)))
    distances, indices = nn.kneighbors(prepare(small(queries)))
    return {"indices": indices.ravel().tolist(), "distances": distances.ravel().tolist()}


out = Path(__file__).parents[2] / "packages/blend/src/fixtures/neighbours.json"
header = {
    "tool": "sklearn.neighbors.NearestNeighbors(algorithm='brute')",
    "version": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "seed": SEED,
    "note": "pixels are grey values of 255",
}
body = {
    "height": H, "width": W, "size": SIZE, "k": K,
    "pool": pool.reshape(60, -1).tolist(), "queries": queries.reshape(15, -1).tolist(),
    "raw": search(lambda f: f), "standardised": search(zscore),
}
out.write_text(json.dumps({**header, **body}, separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes")
