"""Distances of distributions: FID (pytorch-fid, torch-fidelity), KID and precision and recall (torch-fidelity, scikit-learn), MS-SSIM
(scikit-image, torchmetrics), sliced Wasserstein (scipy), Laplacian pyramids (scipy.ndimage), eigenvalues (numpy).

Writes packages/metrics/src/distribution/fixtures/distribution.json. Run: python tools/oracles/metrics_distribution.py
"""
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from pytorch_fid.fid_score import calculate_frechet_distance
from scipy.ndimage import convolve
from scipy.stats import wasserstein_distance
from skimage.metrics import structural_similarity
from sklearn.metrics.pairwise import polynomial_kernel
from sklearn.neighbors import NearestNeighbors
from torch_fidelity.metric_fid import fid_statistics_to_metric
from torch_fidelity.metric_kid import kid_features_to_metric
from torch_fidelity.metric_prc import calculate_precision_recall_full
from torchmetrics.functional.image import multiscale_structural_similarity_index_measure
from torchmetrics.functional.image.ssim import _get_normalized_sim_and_cs

SEED = 43
rng = np.random.default_rng(SEED)


def features(rows, columns, shift=0.0, scale=1.0):
    mix = rng.normal(size=(columns, columns))
    return np.round(scale * rng.normal(size=(rows, columns)) @ mix + shift, 4)


def matrix(x):
    return {"values": x.ravel().tolist(), "rows": x.shape[0], "columns": x.shape[1]}


def statistics(x):
    return x.mean(axis=0), np.cov(x, rowvar=False)


def eigen():
    dense = rng.normal(size=(9, 9))
    low = rng.normal(size=(8, 3))
    clustered = np.diag([1.0, 1.0, 1.0, 2.0, 2.0, 1e-12])
    turn, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    cases = [dense + dense.T, low @ low.T, turn @ clustered @ turn.T, np.diag([3.0, -1.0]), np.array([[2.0]])]
    return [
        {"matrix": m.ravel().tolist(), "n": len(m), "values": np.linalg.eigvalsh(m).tolist()}
        for m in ((m + m.T) / 2 for m in cases)
    ]


def frechet():
    cases = []
    for rows, others, columns in [(60, 45, 6), (120, 120, 12)]:
        x, y = features(rows, columns), features(others, columns, shift=0.3, scale=1.2)
        (m1, s1), (m2, s2) = statistics(x), statistics(y)
        fidelity = fid_statistics_to_metric({"mu": m1, "sigma": s1}, {"mu": m2, "sigma": s2}, False)
        cases.append(
            {
                "real": matrix(x),
                "fake": matrix(y),
                "mean": m1.tolist(),
                "covariance": s1.ravel().tolist(),
                "pytorchFid": float(calculate_frechet_distance(m1, s1, m2, s2)),
                "torchFidelity": float(fidelity["frechet_inception_distance"]),
            }
        )
    return cases


def kernel():
    x, y = features(50, 8), features(40, 8, shift=0.2)
    count, size, seed = 7, 20, 2020
    draws = np.random.RandomState(seed)  # the draws of torch-fidelity, in its order
    subsets = [
        {
            "real": draws.choice(len(x), size, replace=False).tolist(),
            "fake": draws.choice(len(y), size, replace=False).tolist(),
        }
        for _ in range(count)
    ]
    fidelity = kid_features_to_metric(
        torch.from_numpy(x),
        torch.from_numpy(y),
        kid_subsets=count,
        kid_subset_size=size,
        kid_kernel="poly",
        kid_kernel_poly_degree=3,
        kid_kernel_poly_gamma=None,
        kid_kernel_poly_coef0=1,
        rng_seed=seed,
        verbose=False,
    )
    xx, yy, xy = polynomial_kernel(x), polynomial_kernel(y), polynomial_kernel(x, y)
    m, n = len(x), len(y)
    whole = (
        (xx.sum() - np.trace(xx)) / (m * (m - 1)) + (yy.sum() - np.trace(yy)) / (n * (n - 1)) - 2 * xy.sum() / (m * n)
    )
    return {
        "real": matrix(x),
        "fake": matrix(y),
        "subsets": subsets,
        "mean": fidelity["kernel_inception_distance_mean"],
        "std": fidelity["kernel_inception_distance_std"],
        "whole": float(whole),
    }


def inside(judged, manifold, k):
    nearest = NearestNeighbors(algorithm="brute").fit(manifold)
    radii = nearest.kneighbors(n_neighbors=k)[0][:, -1]  # without the film itself
    distances, others = nearest.kneighbors(judged, n_neighbors=len(manifold))
    return (distances <= radii[others]).any(axis=1).astype(int)


def manifold():
    base = rng.normal(size=(5, 5))
    x = np.round(rng.normal(size=(70, 5)) @ base, 4)
    y = np.round(0.7 * rng.normal(size=(55, 5)) @ base + 0.5, 4)
    cases = []
    for k in (1, 3, 5):
        precision, recall = calculate_precision_recall_full(torch.from_numpy(y), torch.from_numpy(x), k)
        cases.append(
            {
                "k": k,
                "precision": precision,
                "recall": recall,
                "fakeInside": inside(y, x, k).tolist(),
                "realInside": inside(x, y, k).tolist(),
            }
        )
    return {"real": matrix(x), "fake": matrix(y), "cases": cases}


def film(height, width, kind):
    """Whole numbers only, so that the test makes the same films."""
    r, c = np.mgrid[0:height, 0:width]
    rough = (3 * r * r + 7 * c + 5 * r * c + 11 * kind) % 64 / 63
    smooth = ((r + 2 * c + 9 * kind) % 40) / 39
    return 0.3 * rough + 0.7 * smooth


def ssim():
    weights = np.array([0.0448, 0.2856, 0.3001, 0.2363, 0.1333])
    cases = []
    for height, width in [(41, 53), (64, 48), (161, 163), (176, 192)]:
        a = film(height, width, 0)
        b = 0.8 * a + 0.2 * film(height, width, 1)
        scales = 5 if min(height, width) > 160 else 3
        w = weights if scales == 5 else weights[:scales] / weights[:scales].sum()  # the five sum to 1.0001
        x, y = (torch.from_numpy(v)[None, None] for v in (a, b))
        value = 1.0
        for s in range(scales):
            _, cs = _get_normalized_sim_and_cs(x, y, data_range=1.0, normalize="relu")
            last = structural_similarity(
                x[0, 0].numpy(), y[0, 0].numpy(), data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
            )
            value *= (last if s == scales - 1 else float(cs)) ** w[s]
            x, y = (F.avg_pool2d(v, 2, ceil_mode=True, count_include_pad=False) for v in (x, y))
        even = height % 16 == 0 and width % 16 == 0
        whole = None
        if even and scales == 5:
            x, y = (torch.from_numpy(v)[None, None] for v in (a, b))
            whole = float(multiscale_structural_similarity_index_measure(x, y, data_range=1.0, normalize="relu"))
        cases.append({"height": height, "width": width, "scales": scales, "value": value, "torchmetrics": whole})
    return cases


def slices():
    x, y = features(30, 7), features(30, 7, shift=0.4)
    directions = rng.normal(size=(6, 7))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    plain = np.mean([wasserstein_distance(x @ v, y @ v) for v in directions])
    owners = [np.minimum(np.arange(30) // 2, 9), np.arange(30) // 2]  # the last real unit has 12 rows
    draws = []
    for _ in range(3):
        u, v = (np.bincount(rng.integers(0, n, n), minlength=n) for n in (10, 15))
        weighted = np.mean(
            [wasserstein_distance(x @ d, y @ d, u[owners[0]], v[owners[1]]) for d in directions]
        )
        draws.append({"real": u.tolist(), "fake": v.tolist(), "value": float(weighted)})
    return {
        "real": matrix(x),
        "fake": matrix(y),
        "directions": matrix(directions),
        "value": float(plain),
        "owners": {"real": owners[0].tolist(), "fake": owners[1].tolist()},
        "draws": draws,
    }


taps = np.array([1, 4, 6, 4, 1]) / 16
kernel5 = np.outer(taps, taps)


def pyramid(x, count):
    levels = [x]
    for _ in range(count - 1):
        small = convolve(levels[-1], kernel5, mode="mirror")[::2, ::2]
        wide = np.zeros_like(levels[-1])
        wide[::2, ::2] = small
        levels[-1] = levels[-1] - convolve(wide, 4 * kernel5, mode="mirror")
        levels.append(small)
    return levels


def patches():
    """Three patches a film and level of two films of 32 x 48, normalised over all numbers of a level."""
    stacks = [[], []]
    for f in range(2):
        for s, level in enumerate(pyramid(film(32, 48, f), 2)):
            h, w = level.shape
            for p in range(3):
                r, c = 3 + (5 * f + 7 * p + s) % (h - 6), 3 + (3 * f + 11 * p + 2 * s) % (w - 6)
                stacks[s].append(level[r - 3 : r + 4, c - 3 : c + 4].ravel())
    stacks = [np.array(stack) for stack in stacks]
    return [((v - v.mean()) / v.std()).round(12).ravel().tolist() for v in stacks]


out = Path(__file__).parents[2] / "packages/metrics/src/distribution/fixtures/distribution.json"
tools = ["numpy", "scipy", "scikit-learn", "scikit-image", "pytorch-fid", "torch-fidelity", "torchmetrics"]
fixture = {
    "tool": "tools/oracles/metrics_distribution.py",
    "version": ", ".join(f"{name} {version(name)}" for name in tools),
    "seed": SEED,
    "eigen": eigen(),
    "frechet": frechet(),
    "kernel": kernel(),
    "manifold": manifold(),
    "ssim": ssim(),
    "slices": slices(),
    "pyramid": [level.round(12).ravel().tolist() for level in pyramid(film(32, 32, 0), 2)],
    "patches": patches(),
}
out.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, [(c["pytorchFid"], c["torchFidelity"]) for c in fixture["frechet"]], fixture["ssim"])
