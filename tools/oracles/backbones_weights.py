"""python tools/oracles/backbones_weights.py: torchvision's and timm's resnet18. Names and shapes of both state dicts, the file
that Python saves of torchvision's, maps and logits in evaluation, and timm's own adaptation to one channel. Weights are a
formula of name and index in torch's order, so that nothing here knows of our layout; they are not stored."""
import hashlib, math
import safetensors, timm, torch
from safetensors.torch import load, save
from timm.models import adapt_input_conv
from torchvision.models import resnet18
from nn_formula import film, formula, numbers, to_ours, write

torch.use_deterministic_algorithms(True)


def picks(t, n=12):
    """n values spread over the row-major tensor, its sum and the sum of magnitudes."""
    flat = t.detach().contiguous().reshape(-1)
    step = max(1, flat.numel() // n)
    return {'picks': numbers(flat[::step][:n]), 'sum': float(flat.double().sum()), 'size': float(flat.double().abs().sum())}


def scale_of(name, shape):
    """Of the formula: norms near 1, weights of He's variance. The same in resnet18FromTorch.test.ts."""
    if name.endswith('running_var'): return 0.5, 1.0
    if name.endswith(('running_mean', 'bias')): return 0.1, 0.0
    if len(shape) == 1: return 0.2, 1.0
    return math.sqrt(6 / math.prod(shape[1:])), 0.0


def state_of(module):
    return {n: t if n.endswith('num_batches_tracked') else formula(n, tuple(t.shape), *scale_of(n, t.shape)) for n, t in module.state_dict().items()}


def maps(net, x):
    """c2 to c5 and the logits, by torchvision's names."""
    out = {}
    with torch.no_grad():
        h = net.maxpool(torch.relu(net.bn1(net.conv1(x))))
        for i in range(1, 5):
            h = getattr(net, f'layer{i}')(h)
            out[f'c{i + 1}'] = to_ours(h)
        logits = net(x)
        assert torch.allclose(logits, net.fc(h.mean((2, 3))), atol=1e-5)
        out['logits'] = logits
    return {n: {'shape': list(t.shape), **picks(t)} for n, t in out.items()}


tv = resnet18(weights=None).eval()
state = state_of(tv)
tv.load_state_dict(state, strict=True)
ti = timm.create_model('resnet18', pretrained=False).eval()
named = {n: list(t.shape) for n, t in ti.state_dict().items()}
ti.load_state_dict(state, strict=True)

rgb = film('rgb', 2, 64, 64, 3)
grey = film('grey', 2, 64, 64, 1)
with torch.no_grad(): assert torch.allclose(tv(rgb), ti(rgb), atol=1e-4)

# timm's way to one channel: what it does to public weights when a model is made with in_chans=1
mono = timm.create_model('resnet18', pretrained=False, in_chans=1).eval()
conv1 = adapt_input_conv(1, state['conv1.weight'])
mono.load_state_dict({**state, 'conv1.weight': conv1}, strict=True)
with torch.no_grad(): assert torch.allclose(mono(grey), tv(grey.expand(-1, 3, -1, -1)), atol=1e-4)
mono_maps = {**maps(tv, grey.expand(-1, 3, -1, -1).contiguous()), 'logits': None}
with torch.no_grad(): mono_maps['logits'] = {'shape': [2, 1000], **picks(mono(grey))}

# what our export must be, byte for byte: Python's file without the counters, which a fresh model loads strictly
file = save({n: t for n, t in state.items() if not n.endswith('num_batches_tracked')}, {'format': 'pt'})
fresh = resnet18(weights=None).eval()
fresh.load_state_dict(load(file), strict=True)
with torch.no_grad(): assert torch.equal(fresh(rgb), tv(rgb))

write('packages/backbones/src/weights/fixtures/resnet18-torch.json', {
    'generator': 'tools/oracles/backbones_weights.py',
    'safetensors': safetensors.__version__,
    'timm': {'version': timm.__version__, 'sameNamesAndShapes': named == {n: list(t.shape) for n, t in tv.state_dict().items()}},
    'stateDict': {n: list(t.shape) for n, t in tv.state_dict().items()},
    'exported': {'sha256': hashlib.sha256(file).hexdigest(), 'bytes': len(file)},
    'rgb': maps(tv, rgb),
    'grey': mono_maps,
    'greyConv1': picks(conv1.permute(2, 3, 1, 0), 40),
})
