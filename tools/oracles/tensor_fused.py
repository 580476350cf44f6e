"""Fixture of packages/tensor: values and gradients of PyTorch's instance, group and batch norm with (leaky) ReLU, of conv2d and
conv_transpose2d with uneven strides, pads and groups, and five steps of its Adam. In float64, inputs and results in float32.

Run: /path/to/python tools/oracles/tensor_fused.py   (torch)
Inputs come from wave(shape, k) = sin(1 + 0.7 k i) (i the flat row-major index, channels last), which the test repeats;
gradients are those of sum(output * wave(output shape, 3)).
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(0)


def wave(shape, k, scale=1.0, shift=0.0):
    n = int(torch.tensor(shape).prod())
    values = torch.sin(1 + 0.7 * k * torch.arange(n, dtype=torch.float64)) * scale + shift
    return values.to(torch.float32).to(torch.float64).reshape(shape)


nchw = lambda x: x.permute(0, 3, 1, 2)
nhwc = lambda x: x.permute(0, 2, 3, 1)
flat = lambda t: [float(f"{v:.8g}") for v in t.detach().reshape(-1).tolist()]


def case(f, *inputs, **more):
    inputs = [x.clone().requires_grad_() for x in inputs]
    y = f(*inputs)
    (y * wave(list(y.shape), 3)).sum().backward()
    shapes = [list(x.shape) for x in inputs]
    return {"inputs": shapes, "shape": list(y.shape), "value": flat(y), "gradients": [flat(x.grad) for x in inputs], **more}


def norm(shape, per_film=True, groups=None, slope=1.0, shift=0.0):
    c = shape[-1]
    act = lambda y: y if slope == 1 else F.leaky_relu(y, slope) if slope > 0 else F.relu(y)

    def f(x, scale, offset):
        if not per_film:
            return act(nhwc(F.batch_norm(nchw(x), None, None, scale, offset, training=True, eps=1e-5)))
        return act(nhwc(F.group_norm(nchw(x), groups or c, scale, offset, eps=1e-5)))

    options = {"perFilm": per_film, "groups": groups or c, "slope": slope, "eps": 1e-5}
    return case(f, wave(shape, 1, 1, shift), wave([c], 2, 0.5, 1), wave([c], 5, 0.3), options=options, shift=shift)


def conv(films, filt, stride=1, pads=(0, 0, 0, 0), groups=1):
    top, bottom, left, right = pads
    f = lambda x, w: nhwc(F.conv2d(F.pad(nchw(x), (left, right, top, bottom)).contiguous(), w.permute(3, 2, 0, 1).contiguous(), None, stride, 0, 1, groups))
    named = {"top": top, "bottom": bottom, "left": left, "right": right}
    return case(f, wave(films, 1), wave(filt, 2, 0.3), options={"stride": stride, "pads": named, "groups": groups})


def transpose(films, filt, stride, padding, output_padding):
    # torch's weight is [in, out, kh, kw], ours [kh, kw, out, in]
    f = lambda x, w: nhwc(F.conv_transpose2d(nchw(x), w.permute(3, 2, 0, 1).contiguous(), None, stride, padding, output_padding))
    return case(f, wave(films, 1), wave(filt, 2, 0.3), stride=stride, padding=padding)


def adam(decay, clip):
    p = wave([7], 1).requires_grad_()
    optimiser = torch.optim.Adam([p], lr=1e-2, betas=(0.5, 0.99), eps=1e-3, weight_decay=decay)
    points = []
    for t in range(1, 6):
        p.grad = wave([7], t + 1) * clip
        optimiser.step()
        points.append(flat(p))
    return {"decay": decay, "factor": clip, "points": points}


out = pathlib.Path(__file__).parents[2] / "packages/tensor/src/ops/fixtures/fused.json"
header = {"tool": "torch", "version": torch.__version__.split("+")[0], "script": "tools/oracles/tensor_fused.py", "seed": 0}
fixture = {
    **header,
    "norms": {
        "instance": norm([2, 5, 4, 3]),
        "instance, 40 channels, ReLU": norm([2, 3, 4, 40], slope=0.0),
        "instance, leaky": norm([1, 7, 5, 9], slope=0.2),
        "instance, one channel": norm([2, 5, 4, 1], slope=0.0),
        "instance, one pixel": norm([2, 1, 1, 5]),
        "instance, mean 1000": norm([2, 9, 7, 6], shift=1000.0),
        "group": norm([2, 4, 3, 12], groups=4),
        "group, ReLU": norm([3, 2, 3, 10], groups=2, slope=0.0),
        "batch": norm([3, 4, 5, 7], per_film=False),
        "batch, leaky, mean 1000": norm([2, 4, 5, 33], per_film=False, slope=0.2, shift=1000.0),
    },
    "convolutions": {
        "7x7 of one channel": conv([2, 9, 8, 1], [7, 7, 1, 5], 1, (3, 3, 3, 3)),
        "7x7 to one channel": conv([2, 9, 8, 17], [7, 7, 17, 1]),
        "4x4, stride 2": conv([2, 8, 6, 3], [4, 4, 3, 18], 2, (1, 1, 1, 1)),
        "3x3, stride 2, uneven": conv([1, 7, 8, 20], [3, 3, 20, 6], 2, (1, 1, 1, 1)),
        "2x3, pads on one side": conv([2, 5, 6, 4], [2, 3, 4, 3], 1, (0, 1, 2, 0)),
        "1x1": conv([2, 3, 4, 7], [1, 1, 7, 19]),
        "one pixel": conv([1, 1, 1, 2], [3, 3, 2, 3], 1, (1, 1, 1, 1)),
        "groups": conv([2, 6, 5, 8], [3, 3, 2, 12], 1, (1, 1, 1, 1), 4),
        "groups, stride 2": conv([2, 7, 5, 6], [3, 3, 3, 4], 2, (1, 1, 1, 1), 2),
    },
    "transposes": {
        "3x3, twice the size": transpose([2, 4, 3, 5], [3, 3, 2, 5], 2, 1, 1),
        "4x4, twice the size": transpose([1, 3, 4, 2], [4, 4, 17, 2], 2, 1, 0),
    },
    "adam": [adam(0.0, 1.0), adam(0.1, 0.25)],
}
out.write_text(json.dumps(fixture) + "\n")
print(out.stat().st_size, "bytes")
