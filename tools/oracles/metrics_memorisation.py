"""Nearest films (scikit-learn, brute force), Mann and Whitney's U with ties (scipy), and conformal p-values.

Writes packages/metrics/src/fixtures/memorisation.json. Run: python tools/oracles/metrics_memorisation.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.stats import mannwhitneyu
from sklearn.neighbors import NearestNeighbors

SEED = 59
D, TRAINING, HELD_OUT, SAMPLES, RATE = 12, 90, 60, 50, 0.05
rng = np.random.default_rng(SEED)

training, held_out, samples = (rng.integers(-40, 41, (n, D)) / 16 for n in (TRAINING, HELD_OUT, SAMPLES))
samples[:6] = training[:6] + rng.integers(-2, 3, (6, D)) / 16  # near copies
samples[40:] = samples[30:40]  # equal distances


def search(queries, pool):
    distances, indices = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(pool).kneighbors(queries)
    # brute force goes by ‖a‖² + ‖b‖² − 2ab: the distance of the film it found is taken anew
    exact = np.sqrt(((queries - pool[indices[:, 0]]) ** 2).sum(1))
    return {"indices": indices[:, 0].tolist(), "distances": exact.tolist()}


found = {"samplesToTraining": search(samples, training), "samplesToHeldOut": search(samples, held_out), "heldOutToTraining": search(held_out, training)}
d, h = (np.array(found[k]["distances"]) for k in ("samplesToTraining", "heldOutToTraining"))
p = (1 + (h[None] <= d[:, None]).sum(1)) / (1 + HELD_OUT)
u = mannwhitneyu(d, h, alternative="less", method="asymptotic", use_continuity=False)
copies = int((p <= RATE).sum())
body = {
    "dimension": D, "rate": RATE, "training": training.ravel().tolist(), "heldOut": held_out.ravel().tolist(), "samples": samples.ravel().tolist(),
    **found, "p": p.tolist(), "copies": copies,
    "closer": float(1 - u.statistic / (SAMPLES * HELD_OUT)), "z": float(scipy.stats.norm.ppf(u.pvalue)),
}
out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/memorisation.json"
header = {
    "tool": "sklearn.neighbors.NearestNeighbors(algorithm='brute'), scipy.stats.mannwhitneyu",
    "version": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}",
    "seed": SEED,
}
out.write_text(json.dumps({**header, **body}, separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes", copies, "copies, z", body["z"], "closer", body["closer"])
