"""Power spectrum and its radial mean (numpy), transposed convolutions of constant input (torch, float64) with their overlap.

Writes packages/metrics/src/fixtures/spectrum.json. Run: python tools/oracles/metrics_spectrum.py
"""
import json
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import conv_transpose2d

SEED = 61
H, W = 16, 8
rng = np.random.default_rng(SEED)

film = rng.random((H, W)).round(6)
power = np.abs(np.fft.fft2(film)) ** 2 / film.size**2
length = np.hypot(np.fft.fftfreq(H)[:, None], np.fft.fftfreq(W)[None]) * min(H, W)
ring = np.floor(length + 0.5).astype(int)
radial = [power[ring == k].mean() for k in range(min(H, W) // 2 + 1)]

transposed = []
for side, stride in [(3, 2), (4, 2), (5, 4)]:
    kernel = rng.normal(size=(side, side)).round(6)
    output = conv_transpose2d(torch.ones(1, 1, 12, 12, dtype=torch.float64), torch.tensor(kernel)[None, None], stride=stride)[0, 0].numpy()
    inside = output[4 * stride:8 * stride, 4 * stride:8 * stride].reshape(4, stride, 4, stride).mean((0, 2))
    transposed.append({
        "side": side, "stride": stride, "size": len(output), "kernel": kernel.ravel().tolist(),
        "output": output.ravel().round(12).tolist(), "energy": inside.var(),
    })

out = Path(__file__).parents[2] / "packages/metrics/src/fixtures/spectrum.json"
header = {"tool": "numpy.fft.fft2, torch.nn.functional.conv_transpose2d", "version": f"numpy {np.__version__}, torch {torch.__version__}", "seed": SEED}
body = {"height": H, "width": W, "film": film.ravel().tolist(), "power": power.ravel().tolist(), "radial": radial, "transposed": transposed}
out.write_text(json.dumps({**header, **body}, separators=(",", ":")) + "\n")
print(out.name, out.stat().st_size, "bytes", [t["energy"] for t in transposed])
