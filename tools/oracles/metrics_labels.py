"""Class shares behind a confusion: maximum likelihood on the simplex by scipy.optimize (SLSQP from several starts, and the linear
solution where it is a share vector), the beta-binomial tail of a class that is not there, total variation distance.

Writes packages/metrics/src/fixtures/labels.json. Run: python tools/oracles/metrics_labels.py
"""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.stats import betabinom

SEED = 53
rng = np.random.default_rng(SEED)


def likeliest(rates, seen):
    """max sum_j q_j log (P' pi)_j over share vectors, gradient given, scaled so that SLSQP's own tolerance is no limit."""
    n = len(rates)
    used = seen > 0
    f = lambda x: -np.sum(seen[used] * np.log(np.maximum(x @ rates[:, used], 1e-300)))
    g = lambda x: -rates[:, used] @ (seen[used] / np.maximum(x @ rates[:, used], 1e-300))
    sums_to_one = {"type": "eq", "fun": lambda x: x.sum() - 1, "jac": lambda x: np.ones(n)}
    found = [
        minimize(f, start, jac=g, method="SLSQP", bounds=[(0, 1)] * n, constraints=sums_to_one, options={"ftol": 1e-15, "maxiter": 2000})
        for start in [np.full(n, 1 / n), *rng.dirichlet(np.ones(n), 4)]
    ]
    best = min(found, key=lambda r: r.fun)
    return best.x, float(-best.fun)


cases = []
for n, films, strength, absent in [(2, 400, 4, 0), (3, 90, 2, 0), (3, 60, 1, 1), (5, 300, 3, 2), (8, 500, 2, 3), (14, 1000, 3, 5), (14, 200, 2, 6)]:
    rates = rng.dirichlet(np.full(n, 0.6), n) + strength * np.eye(n)
    rates /= rates.sum(1, keepdims=True)
    confusion = np.stack([rng.multinomial(int(rng.integers(20, 200)), r) for r in rates])
    truth = rng.dirichlet(np.ones(n))
    truth[:absent] = 0
    predicted = rng.multinomial(films, truth / truth.sum() @ rates)
    estimated = confusion / confusion.sum(1, keepdims=True)
    seen = predicted / films
    shares, value = likeliest(estimated, seen)
    inverse = np.linalg.solve(estimated.T, seen)
    smooth = (confusion + 0.5) / (confusion + 0.5).sum(1, keepdims=True)
    tails = []
    for k in range(n):
        others = [i for i in range(n) if i != k]
        fit = likeliest(smooth[others], seen)[0]
        f = float(fit @ smooth[others, k])
        # Jeffreys' posterior of each row of the confusion
        spread = float(fit**2 @ (smooth[others, k] * (1 - smooth[others, k]) / (confusion[others].sum(1) + n / 2 + 1)))
        weight = f * (1 - f) / spread - 1
        tails.append({"byMistake": films * f, "p": float(betabinom.pmf(np.arange(predicted[k], films + 1), films, f * weight, (1 - f) * weight).sum())})
    cases.append({
        "confusion": confusion.ravel().tolist(), "predicted": predicted.tolist(), "shares": shares.tolist(),
        "logLikelihood": value, "interior": bool((inverse >= 0).all()), "inverse": inverse.tolist(), "absent": tails,
        "distance": float(np.abs(shares - seen).sum() / 2),
    })

beta_binomial = [
    {"count": c, "trials": t, "a": a, "b": b, "tail": float(betabinom.pmf(np.arange(c, t + 1), t, a, b).sum())}
    for c, t, a, b in [(0, 5, 1, 9), (3, 50, 3, 58), (12, 50, 3, 58), (50, 50, 3, 58), (20, 1000, 10, 990), (400, 1000, 2, 30)]
]
out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/labels.json"
header = {"tool": "tools/oracles/metrics_labels.py (scipy.optimize SLSQP, scipy.stats.betabinom)", "version": f"scipy {scipy.__version__}, numpy {np.__version__}", "seed": SEED}
out.write_text(json.dumps({**header, "cases": cases, "betaBinomial": beta_binomial}, separators=(",", ":")) + "\n")
print(out.name, [c["interior"] for c in cases], out.stat().st_size, "bytes")
