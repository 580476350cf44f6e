"""Fixture of packages/tensor: values and gradients of PyTorch's pad, leaky_relu, avg_pool2d, interpolate, affine_grid, grid_sample.

Run: /path/to/python tools/oracles/tensor_ops.py   (torch)
Inputs come from wave(shape, k) = sin(1 + 0.7 k i) (i the flat row-major index, channels last), which the test repeats;
gradients are those of sum(output * wave(output shape, 3)).
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(0)


def wave(shape, k):
    n = int(torch.tensor(shape).prod())
    return torch.sin(1 + 0.7 * k * torch.arange(n, dtype=torch.float64)).to(torch.float32).reshape(shape)


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def case(f, *inputs):
    inputs = [x.clone().requires_grad_() for x in inputs]
    y = f(*inputs)
    (y * wave(list(y.shape), 3)).sum().backward()
    flat = lambda t: [float(f"{v:.8g}") for v in t.detach().reshape(-1).tolist()]
    return {"shape": list(y.shape), "value": flat(y), "gradients": [flat(x.grad) for x in inputs]}


film = wave([2, 5, 6, 2], 1)
even = wave([2, 4, 6, 2], 1)
theta = torch.tensor([[[1.0, 0, 0], [0, 1, 0]], [[0.8, -0.3, 0.15], [0.25, 1.1, -0.2]], [[1.3, 0.1, -0.4], [0, 0.7, 0.35]]])
grid = torch.cat([F.affine_grid(theta[1:2], [1, 1, 4, 3], align_corners=False), wave([1, 4, 3, 2], 2) * 1.4])
sample = lambda padding, align: lambda x, g: nhwc(F.grid_sample(nchw(x), g, mode="bilinear", padding_mode=padding, align_corners=align))
cases = {
    "reflect": case(lambda x: nhwc(F.pad(nchw(x), (2, 3, 1, 4), mode="reflect")), film),
    "leakyRelu": case(lambda x: F.leaky_relu(x, 0.2), film),
    "boxDownsample": case(lambda x: nhwc(F.avg_pool2d(nchw(x), 2)), even),
    "boxUpsample": case(lambda x: nhwc(F.interpolate(nchw(x), scale_factor=2, mode="nearest")), even),
    "affineGrid": case(lambda t: F.affine_grid(t, [3, 1, 4, 5], align_corners=False), theta),
    "affineGridCorners": case(lambda t: F.affine_grid(t, [3, 1, 4, 5], align_corners=True), theta),
    "sampleZeros": case(sample("zeros", False), film, grid),
    "sampleBorder": case(sample("border", False), film, grid),
    "sampleZerosCorners": case(sample("zeros", True), film, grid),
    "sampleBorderCorners": case(sample("border", True), film, grid),
}
out = pathlib.Path(__file__).parents[2] / "packages/tensor/src/ops/fixtures/torch.json"
out.parent.mkdir(parents=True, exist_ok=True)
header = {"tool": "torch", "version": torch.__version__.split("+")[0], "script": "tools/oracles/tensor_ops.py", "seed": 0}
values = {"theta": theta.reshape(-1).tolist(), "grid": [float(f"{v:.9g}") for v in grid.reshape(-1).tolist()]}
out.write_text(json.dumps({**header, "inputs": values, "cases": cases}) + "\n")
print(out.stat().st_size, "bytes")
