"""Blur and swirl of small films by scipy and scikit-image, and Spearman's rank correlation by scipy.

Writes packages/features/src/fixtures/corruptions.json. Run: python tools/oracles/features_corruptions.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
import skimage
from scipy.ndimage import gaussian_filter
from scipy.stats import spearmanr
from skimage.transform import swirl

SEED = 91
rng = np.random.default_rng(SEED)
rounded = lambda values: [float(f"{v:.9g}") for v in np.asarray(values, float).ravel()]

films = []
for h, w in [(16, 16), (11, 18)]:
    levels = rng.integers(0, 256, (h, w))
    film = levels / 255
    films.append({
        "height": h, "width": w, "film": levels.ravel().tolist(),
        "blurred": [{"sigma": s, "out": rounded(gaussian_filter(film, s * max(h, w), mode="nearest", truncate=4))} for s in [0.004, 0.05, 0.2]],
        "swirled": [{"turn": t, "out": rounded(swirl(film, center=((w - 1) / 2, (h - 1) / 2), rotation=0, strength=t, radius=min(h, w) / 2, order=1, mode="edge"))} for t in [0.25, 4]],
    })
ranks = []
for n, levels in [(6, 100), (6, 3), (9, 4), (2, 50)]:
    x, y = rng.integers(0, levels, n), rng.integers(0, levels, n)
    ranks.append({"x": x.tolist(), "y": y.tolist(), "rho": float(spearmanr(x, y).statistic)})
out = Path(__file__).parents[2] / "packages/features/src/fixtures/corruptions.json"
header = {
    "tool": "scipy.ndimage.gaussian_filter, skimage.transform.swirl, scipy.stats.spearmanr",
    "version": f"scipy {scipy.__version__}, scikit-image {skimage.__version__}, numpy {np.__version__}",
    "seed": SEED,
}
out.write_text(json.dumps({**header, "films": films, "ranks": ranks}, separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes")
