"""Student's t: distribution function and quantiles of scipy, degrees of freedom 1 to 1e4 (whole or not), tails to 1e-6.

Writes packages/metrics/src/fixtures/student.json. Run: python tools/oracles/metrics_student.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import t

dfs = [1, 1.37, 2, 2.5, 4, 4.21, 7.9, 19, 23.999, 30, 63.3, 100, 317.2, 1000, 4321.5, 10000]
tails = [1e-6, 1e-5, 0.05 / 150, 0.001, 0.025, 0.1, 0.2, 0.45]
points = [-40.0, -4.5, -1.3, -0.2, 0.0, 0.01, 0.7, 2.0, 3.9]
quantiles = [[df, p, t.ppf(p, df)] for df in dfs for p in [*tails, *(1 - p for p in tails)]]
# below 1e-6 scipy's own answers are no oracle for this package, which never asks for them
values = [[df, x, t.cdf(x, df)] for df in dfs for x in points if t.cdf(x, df) >= 1e-6]

out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/student.json"
header = {"tool": "tools/oracles/metrics_student.py", "version": f"scipy {scipy.__version__}, numpy {np.__version__}"}
out.write_text(json.dumps({**header, "ppf": quantiles, "cdf": values}, separators=(",", ":")) + "\n")
print(out.name, len(quantiles), "quantiles,", len(values), "values; t(.975; 4) =", t.ppf(0.975, 4))
