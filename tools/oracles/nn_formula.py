"""Numbers from a name and an index: the same as packages/nn/src/testing/formula.ts. Shared by the nn and backbones oracles."""
import json, math, pathlib
import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]

def values(name, size):
    h = 0x811C9DC5
    for c in name.encode('latin-1'):
        h = ((h ^ c) * 0x01000193) & 0xFFFFFFFF
    with np.errstate(over='ignore'):
        x = np.uint32(h) + np.arange(size, dtype=np.uint32) * np.uint32(0x9E3779B1)
        x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        x = x ^ (x >> np.uint32(16))
    return ((x >> np.uint32(8)).astype(np.float64) / 2**23 - 1).astype(np.float32)

def formula(name, shape, scale=1.0, offset=0.0):
    v = offset + scale * values(name, int(np.prod(shape))).astype(np.float64)
    return torch.from_numpy(v.astype(np.float32).reshape(shape))

def film(name, n, h, w, c):
    """NHWC formula as NCHW tensor."""
    return formula(name, (n, h, w, c)).permute(0, 3, 1, 2).contiguous()

def to_ours(t):
    """NCHW -> NHWC; OIHW -> HWIO by `filter_to_ours`."""
    return t.permute(0, 2, 3, 1) if t.dim() == 4 else t

def filter_to_ours(t):
    # Conv2d [O, I, h, w] -> [h, w, I, O]; ConvTranspose2d [I, O, h, w] -> [h, w, O, I]: the same permutation; Linear [O, I] -> [I, O]
    return t.permute(2, 3, 1, 0) if t.dim() == 4 else t.t() if t.dim() == 2 else t

def filter_from_ours(t):
    return t.permute(3, 2, 0, 1).contiguous() if t.dim() == 4 else t.t().contiguous() if t.dim() == 2 else t

def scale_of(name, shape):
    if name.endswith('running_var'): return 0.5, 1.0
    if name.endswith('running_mean') or name.endswith('bias'): return 0.1, 0.0
    if len(shape) == 1: return 0.2, 1.0
    return math.sqrt(6 / int(np.prod(shape[:-1]))), 0.0

def fill(module, prefix=''):
    """Sets every parameter and buffer of a torch module from its name (with prefix) and its HWIO index."""
    with torch.no_grad():
        for name, t in list(module.named_parameters()) + list(module.named_buffers()):
            if name.endswith('num_batches_tracked'): continue
            shape = tuple(filter_to_ours(t).shape)
            t.copy_(filter_from_ours(formula(prefix + name, shape, *scale_of(name, shape))))

def numbers(t):
    return [float(f'{v:.7g}') for v in t.detach().contiguous().reshape(-1).tolist()]

def write(path, body):
    import torchvision
    head = {'tool': 'torch', 'version': torch.__version__, 'torchvision': torchvision.__version__, 'seed': 'formula of name and index', 'generator': body.pop('generator')}
    p = ROOT / path
    p.parent.mkdir(parents=True, exist_ok=True)
    p.write_text(json.dumps({**head, **body}) + '\n')
    print(path, p.stat().st_size)
