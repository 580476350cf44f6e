"""Principal directions (scikit-learn's PCA, full SVD) of films with more and with fewer rows than columns.

Writes packages/metrics/src/distribution/fixtures/principal.json. Run: python tools/oracles/metrics_principal.py
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA

SEED = 71
rng = np.random.default_rng(SEED)
cases = []
for rows, columns, dims in [(40, 6, 3), (12, 20, 5)]:
    films = (rng.normal(size=(rows, columns)) * np.linspace(3, 0.5, columns) + 7).round(6)
    directions = PCA(dims, svd_solver="full").fit(films).components_
    peaks = directions[np.arange(dims), np.abs(directions).argmax(1)]
    cases.append({
        "rows": rows, "columns": columns, "dims": dims, "films": films.ravel().tolist(),
        "directions": (directions * np.sign(peaks)[:, None]).ravel().tolist(),
    })

out = Path(__file__).parents[2] / "packages/metrics/src/distribution/fixtures/principal.json"
header = {"tool": "sklearn.decomposition.PCA", "version": f"scikit-learn {sklearn.__version__}", "seed": SEED}
out.write_text(json.dumps({**header, "cases": cases}, separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes")
