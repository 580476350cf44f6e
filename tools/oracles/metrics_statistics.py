"""AUC with ties (scikit-learn), PSNR (scikit-image), percentile bootstrap of a mean (scipy).

Writes packages/metrics/src/fixtures/statistics.json. Run: python tools/oracles/metrics_statistics.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
import skimage
import sklearn
from scipy.stats import bootstrap
from skimage.metrics import peak_signal_noise_ratio
from sklearn.metrics import roc_auc_score

SEED = 41
rng = np.random.default_rng(SEED)

auc = []
for n, levels in [(20, 4), (60, 9), (200, 1000)]:
    labels = rng.integers(0, 2, n)
    labels[:2] = [0, 1]
    scores = rng.integers(0, levels, n) / levels + 0.2 * labels
    auc.append({"scores": scores.tolist(), "labels": labels.tolist(), "auc": roc_auc_score(labels, scores)})

a, b = rng.random((2, 12, 9))
psnr = {
    "a": a.ravel().tolist(),
    "b": b.ravel().tolist(),
    "psnr": peak_signal_noise_ratio(a, b, data_range=1),
    "psnr255": peak_signal_noise_ratio(a, b, data_range=255),
}

values = rng.beta(0.6, 1.4, 60)
result = bootstrap((values,), np.mean, n_resamples=100_000, method="percentile", rng=np.random.default_rng(SEED))
interval = {
    "values": values.tolist(),
    "mean": values.mean(),
    "low": result.confidence_interval.low,
    "high": result.confidence_interval.high,
    "se": result.standard_error,
}

out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/statistics.json"
header = {
    "tool": "tools/oracles/metrics_statistics.py",
    "version": f"scikit-learn {sklearn.__version__}, scikit-image {skimage.__version__}, scipy {scipy.__version__}, numpy {np.__version__}",
    "seed": SEED,
}
out.write_text(json.dumps({**header, "auc": auc, "psnr": psnr, "interval": interval}, separators=(",", ":")) + "\n")
print(out.name, [x["auc"] for x in auc], psnr["psnr"], interval["low"], interval["high"])
