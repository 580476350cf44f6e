"""A small TF.js layers model with seeded quantised weights, and its features by torch; Pillow's antialiased cubic resize; and
the features of MobileNetV2 on two films of a formula, by torch from the same weights.

Writes packages/features/src/fixtures/layersModel.json, resize.json and mobilenet.json (the last one only where its weights
are at hand: RADIOGRAFT_FILMS, else shared/data beside the workspace). Run: python tools/oracles/features_extractor.py
"""
import base64
import json
import os
from pathlib import Path

import numpy as np
import PIL
import torch
import torch.nn.functional as F
from PIL import Image

ROOT = Path(__file__).parents[2]
OUT = ROOT / "packages/features/src/fixtures"
WEIGHTS = Path(os.environ.get("RADIOGRAFT_FILMS", ROOT.parent / "shared/data")) / "weights/nsfwjs_mobilenet_v2"
SEED = 90
rng = np.random.default_rng(SEED)
HEADER = {"tool": "torch, Pillow", "version": f"torch {torch.__version__}, Pillow {PIL.__version__}, numpy {np.__version__}", "seed": SEED}


def write(name, body):
    out = OUT / name
    out.write_text(json.dumps({**HEADER, **body}, separators=(",", ":")) + "\n")
    print(out.name, out.stat().st_size, "bytes")


def rounded(values, digits):
    return [float(f"{v:.{digits}g}") for v in np.asarray(values, float).ravel()]


def forward(model, weights, films, until):
    """films [B, H, W, C] through a layers model, batch normalisation as it stands; float64."""
    maps = {}
    w = lambda name: torch.from_numpy(np.asarray(weights[name], np.float64))
    for layer in model["modelTopology"]["model_config"]["config"]["layers"]:
        name, kind, c = layer["name"], layer["class_name"], layer["config"]
        x = [maps[i[0]] for i in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
        if kind == "InputLayer":
            y = torch.from_numpy(films.astype(np.float64)).permute(0, 3, 1, 2)
        elif kind == "ZeroPadding2D":
            (t, b), (l, r) = c["padding"]
            y = F.pad(x[0], (l, r, t, b))
        elif kind in ("Conv2D", "DepthwiseConv2D"):
            deep = kind == "DepthwiseConv2D"
            k = w(f"{name}/{'depthwise_kernel' if deep else 'kernel'}")
            k = k.permute(2, 3, 0, 1) if deep else k.permute(3, 2, 0, 1)
            s, y = c["strides"][0], x[0]
            if c["padding"] == "same":
                total = [max((-(-n // s) - 1) * s + t - n, 0) for n, t in zip(y.shape[2:], k.shape[2:])]
                y = F.pad(y, (total[1] // 2, total[1] - total[1] // 2, total[0] // 2, total[0] - total[0] // 2))
            y = F.conv2d(y, k, w(f"{name}/bias") if c["use_bias"] else None, stride=s, groups=y.shape[1] if deep else 1)
            y = {"linear": lambda v: v, "relu": F.relu, "relu6": F.relu6}[c["activation"]](y)
        elif kind == "BatchNormalization":
            y = F.batch_norm(x[0], w(f"{name}/moving_mean"), w(f"{name}/moving_variance"), w(f"{name}/gamma"), w(f"{name}/beta"), eps=c["epsilon"])
        elif kind == "ReLU":
            y = F.relu(x[0]) if c["max_value"] is None else F.relu(x[0]).clamp(max=c["max_value"])
        elif kind == "Add":
            y = sum(x)
        maps[name] = y
        if name == until:
            return y.mean((2, 3)).numpy()


def decode(model, shards):
    """The weights as TF.js reads them: float32(min + scale * stored)."""
    found = {}
    for group in model["weightsManifest"]:
        data, at = b"".join(shards[p] for p in group["paths"]), 0
        for entry in group["weights"]:
            q = entry.get("quantization")
            dtype = np.dtype(q["dtype"] if q else "float32")
            n = int(np.prod(entry["shape"]))
            stored = np.frombuffer(data, dtype, n, at)
            at += n * dtype.itemsize
            value = stored * np.float64(q["scale"]) + q["min"] if q else stored
            found[entry["name"]] = value.astype(np.float32).reshape(entry["shape"])
        assert at == len(data)
    return found


# a small model with every kind of layer and of quantisation that is read
layers, entries, blobs = [], [], []


def layer(name, kind, config, *inputs):
    layers.append({"name": name, "class_name": kind, "config": {"name": name, **config}, "inbound_nodes": [[[i, 0, 0, {}] for i in inputs]] if inputs else []})


def weight(name, shape, low, high, stored="uint8"):
    if stored == "float32":
        blobs.append(rng.uniform(low, high, shape).astype("<f4").tobytes())
        entries.append({"name": name, "shape": list(shape), "dtype": "float32"})
        return
    most = {"uint8": 255, "uint16": 65535}[stored]
    blobs.append(rng.integers(0, most + 1, shape).astype({"uint8": "u1", "uint16": "<u2"}[stored]).tobytes())
    entries.append({"name": name, "shape": list(shape), "dtype": "float32", "quantization": {"min": low, "scale": (high - low) / most, "dtype": stored}})


def conv(name, source, c, o, kernel, stride, padding, bias=False, activation="linear", stored="uint8"):
    layer(name, "Conv2D", {"filters": o, "kernel_size": [kernel] * 2, "strides": [stride] * 2, "padding": padding, "data_format": "channels_last", "dilation_rate": [1, 1], "activation": activation, "use_bias": bias}, source)
    weight(f"{name}/kernel", [kernel, kernel, c, o], -0.6, 0.7, stored)
    if bias:
        weight(f"{name}/bias", [o], -0.2, 0.3)


def depthwise(name, source, c, stride, padding):
    layer(name, "DepthwiseConv2D", {"kernel_size": [3, 3], "strides": [stride] * 2, "padding": padding, "data_format": "channels_last", "dilation_rate": [1, 1], "activation": "linear", "use_bias": False, "depth_multiplier": 1}, source)
    weight(f"{name}/depthwise_kernel", [3, 3, c, 1], -1.0, 1.2, "uint16")


def norm(name, source, c):
    layer(name, "BatchNormalization", {"axis": -1, "epsilon": 0.001, "center": True, "scale": True}, source)
    for part, low, high in [("gamma", 0.5, 1.5), ("beta", -0.3, 0.4), ("moving_mean", -0.2, 0.2), ("moving_variance", 0.1, 0.9)]:
        weight(f"{name}/{part}", [c], low, high)


def relu6(name, source):
    layer(name, "ReLU", {"max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0}, source)


layer("input_1", "InputLayer", {"batch_input_shape": [None, 17, 17, 3]})
layer("pad", "ZeroPadding2D", {"padding": [[0, 1], [0, 1]], "data_format": "channels_last"}, "input_1")
conv("first", "pad", 3, 6, 3, 2, "valid")
norm("first_bn", "first", 6)
relu6("first_relu", "first_bn")
depthwise("deep", "first_relu", 6, 1, "same")
norm("deep_bn", "deep", 6)
relu6("deep_relu", "deep_bn")
conv("project", "deep_relu", 6, 6, 1, 1, "same", stored="float32")
norm("project_bn", "project", 6)
layer("sum", "Add", {}, "first_relu", "project_bn")
depthwise("down", "sum", 6, 2, "same")
norm("down_bn", "down", 6)
conv("wide", "down_bn", 6, 10, 3, 2, "same", bias=True, activation="relu6")
conv("last", "wide", 10, 12, 1, 1, "valid", bias=True)
norm("last_bn", "last", 12)
relu6("out_relu", "last_bn")
conv("beyond", "out_relu", 12, 2, 1, 1, "valid")
data = b"".join(blobs)
shards = {"group1-shard1of2": data[:301], "group1-shard2of2": data[301:]}
model = {
    "modelTopology": {"keras_version": "2.1.4", "backend": "tensorflow", "model_config": {"class_name": "Model", "config": {"name": "small", "layers": layers, "input_layers": [["input_1", 0, 0]], "output_layers": [["beyond", 0, 0]]}}},
    "weightsManifest": [{"paths": list(shards), "weights": entries}],
}
films = rng.integers(0, 256, (3, 17, 17)) / 255
small = forward(model, decode(model, shards), np.repeat(films[..., None], 3, -1).astype(np.float32), "out_relu")
write("layersModel.json", {
    "model": model, "shards": {name: base64.b64encode(b).decode() for name, b in shards.items()},
    "films": rounded(films * 255, 4), "features": rounded(small, 9),
})

# Pillow's cubic, both ways, and of films that are not square
cases = []
for (h, w), (oh, ow) in [((13, 13), (5, 5)), ((9, 14), (6, 4)), ((6, 5), (16, 11)), ((12, 12), (12, 12)), ((40, 40), (7, 7)), ((1, 3), (2, 2))]:
    film = rng.integers(0, 256, (h, w)).astype(np.float32)
    out = np.asarray(Image.fromarray(film, mode="F").resize((ow, oh), Image.Resampling.BICUBIC))
    cases.append({"height": h, "width": w, "film": film.ravel().astype(int).tolist(), "outHeight": oh, "outWidth": ow, "out": rounded(out, 8)})
write("resize.json", {"cases": cases})

if (WEIGHTS / "model.json").exists():
    model = json.loads((WEIGHTS / "model.json").read_text())
    weights = decode(model, {p: (WEIGHTS / p).read_bytes() for g in model["weightsManifest"] for p in g["paths"]})
    y, x = np.mgrid[0:150, 0:150]
    # whole grey levels of a film of 150 x 150: bands, and discs on a slope
    formulas = [(np.floor(127.5 + 127.5 * np.sin(x * x / 700 + y / 9))), np.floor(x + y / 3) % 256 * (((x % 50) - 25) ** 2 + ((y % 50) - 25) ** 2 > 150)]
    seen = [np.asarray(Image.fromarray(f.astype(np.float32), mode="F").resize((224, 224), Image.Resampling.BICUBIC)) for f in formulas]
    seen = np.clip(np.stack(seen) / 255, 0, 1)
    write("mobilenet.json", {"features": rounded(forward(model, weights, np.repeat(seen[..., None], 3, -1), "out_relu"), 7)})
else:
    print("mobilenet.json is left as it is:", WEIGHTS, "is not there")
