"""Fixture of packages/tensor: PyTorch's conv2d with 3x3 filters and its gradients, in float64.

Run: /path/to/python tools/oracles/tensor_convolve.py   (torch)
Inputs are noise(shape, k) = 2 frac(43758.5453 sin(12.9898 (i + 1) k)) - 1 (i the flat row-major index, channels last), filters
[3, 3, C, O]; gradients are those of sum(output * noise(output shape, 3)). Of each array there are the sum of |v| and the values
at 40 places spread over it.
"""
import json
import pathlib

import torch
import torch.nn.functional as F


def noise(shape, k):
    n = int(torch.tensor(shape).prod())
    v = 43758.5453 * torch.sin(12.9898 * k * torch.arange(1, n + 1, dtype=torch.float64))
    return (2 * (v - torch.floor(v)) - 1).to(torch.float32).to(torch.float64).reshape(shape)


def digest(t):
    flat = t.detach().reshape(-1)
    places = [i * (flat.numel() - 1) // 39 for i in range(40)]
    return {"shape": list(t.shape), "size": float(flat.abs().sum()), "values": [float(f"{flat[i]:.10g}") for i in places]}


def case(films, outputs, pad):
    x = noise(films, 1).requires_grad_()
    w = noise([3, 3, films[3], outputs], 2).requires_grad_()
    y = F.conv2d(x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), padding=pad).permute(0, 2, 3, 1)
    (y * noise(list(y.shape), 3)).sum().backward()
    return {"films": films, "outputs": outputs, "pad": pad, "y": digest(y), "dx": digest(x.grad), "dw": digest(w.grad)}


cases = [
    case([8, 16, 16, 16], 16, 1),  # whole panels and tiles
    case([3, 15, 17, 20], 37, 1),  # odd sides: half tiles; channels beside the panels
    case([2, 18, 18, 33], 16, 0),  # no padding, as after a mirror pad
    case([5, 13, 12, 17], 18, 2),  # the full correlation
    case([130, 3, 3, 16], 24, 1),  # more films than a block has tiles
]
out = pathlib.Path(__file__).parents[2] / "packages/tensor/src/ops/fixtures/convolve.json"
header = {"tool": "torch", "version": torch.__version__.split("+")[0], "script": "tools/oracles/tensor_convolve.py"}
out.write_text(json.dumps({**header, "cases": cases}) + "\n")
print(out.stat().st_size, "bytes")
