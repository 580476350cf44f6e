"""Holm's adjusted p-values by the closed testing principle, of which his step-down is the short cut: hypothesis i is rejected at
level a when every intersection that holds it is, each tested by Bonferroni, so its adjusted p is the largest over all subsets
that hold i of min(1, size * smallest p). Every subset is enumerated.

Writes packages/metrics/src/fixtures/holm.json. Run: python tools/oracles/metrics_holm.py
"""
import json
from itertools import combinations
from pathlib import Path

import numpy as np

SEED = 31
rng = np.random.default_rng(SEED)


def closed(p):
    members = range(len(p))
    subsets = [s for size in range(1, len(p) + 1) for s in combinations(members, size)]
    test = {s: min(1.0, len(s) * min(p[i] for i in s)) for s in subsets}
    return [max(value for s, value in test.items() if i in s) for i in members]


families = [[0.01, 0.04, 0.03, 0.005], [0.02, 0.02, 0.02], [1.0, 0.9], [0.0, 0.5], [0.03]]
families += [rng.choice([rng.random(m), rng.random(m) ** 4, np.round(rng.random(m) ** 3, 1)]).tolist() for m in range(2, 11)]
cases = [{"p": p, "adjusted": closed(p)} for p in families]
out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/holm.json"
header = {"tool": "tools/oracles/metrics_holm.py (closed testing)", "version": f"numpy {np.__version__}", "seed": SEED}
out.write_text(json.dumps({**header, "cases": cases}, separators=(",", ":")) + "\n")
print(out.name, len(cases), "families; the first:", cases[0]["adjusted"])
