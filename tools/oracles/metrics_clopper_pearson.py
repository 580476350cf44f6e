"""Clopper and Pearson's interval of a share: scipy.stats.binomtest(...).proportion_ci(method='exact').

Writes packages/metrics/src/fixtures/clopperPearson.json. Run: python tools/oracles/metrics_clopper_pearson.py
"""
import json
from pathlib import Path

import scipy
from scipy.stats import binomtest

cases = [(0, 1), (1, 1), (0, 8), (8, 8), (1, 8), (3, 50), (0, 500), (1, 500), (250, 500), (499, 500), (37, 262), (10_000, 112_120)]
rows = []
for confidence in (0.9, 0.95, 0.99):
    for count, films in cases:
        found = binomtest(count, films).proportion_ci(confidence, method="exact")
        rows.append([count, films, confidence, found.low, found.high])

out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/clopperPearson.json"
header = {"tool": "tools/oracles/metrics_clopper_pearson.py: scipy.stats.binomtest, exact", "version": f"scipy {scipy.__version__}"}
out.write_text(json.dumps({**header, "intervals": rows}, separators=(",", ":")) + "\n")
print(out.name, len(rows), "intervals; none of 500:", binomtest(0, 500).proportion_ci(method="exact"))
