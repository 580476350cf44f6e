"""python tools/oracles/backbones_resnet18_fpn.py: torchvision's resnet18 and FeaturePyramidNetwork + LastLevelP6P7, forward,
gradients of every parameter (sums and picks) and running statistics, with weights and films from the formula."""
import torch
from torchvision.models import resnet18
from torchvision.ops.feature_pyramid_network import FeaturePyramidNetwork, LastLevelP6P7
from nn_formula import film, fill, filter_to_ours, formula, numbers, to_ours, write

torch.use_deterministic_algorithms(True)

def picks(t, n=12):
    """n values spread over the row-major tensor, its sum and the sum of magnitudes."""
    flat = t.detach().contiguous().reshape(-1)
    step = max(1, flat.numel() // n)
    return {'picks': numbers(flat[::step][:n]), 'sum': float(flat.double().sum()), 'size': float(flat.double().abs().sum())}

def run(name, training, in_c, size, levels):
    body = resnet18(weights=None)
    del body.fc
    if in_c != 3: body.conv1 = torch.nn.Conv2d(in_c, 64, 7, 2, 3, bias=False)
    fill(body)
    body.train(training)
    channels = {'c2': 64, 'c3': 128, 'c4': 256, 'c5': 512}
    # in torchvision the extra level takes P5 where in and out channels agree; here they differ, so it takes C5, as RetinaNet
    fpn = FeaturePyramidNetwork([channels[l] for l in levels], 32, extra_blocks=LastLevelP6P7(512, 32))
    fill(fpn, 'fpn.')
    x = film(f'{name}.x', 2, size, size, in_c)
    h = body.maxpool(body.relu(body.bn1(body.conv1(x))))
    c = {}
    for i in range(1, 5):
        h = getattr(body, f'layer{i}')(h)
        c[f'c{i + 1}'] = h
    p = fpn({l: c[l] for l in levels})
    keys = [l.replace('c', 'p') for l in levels] + ['p6', 'p7']
    maps = {**c, **dict(zip(keys, p.values()))}
    loss = sum((to_ours(m) * formula(f'{name}.{l}.dy', tuple(to_ours(m).shape))).mean() for l, m in maps.items() if l.startswith('p'))
    loss.backward()
    named = dict(body.named_parameters()) | {f'fpn.{n}': t for n, t in fpn.named_parameters()}
    out = {
        'training': training, 'inC': in_c, 'size': size, 'levels': levels, 'loss': loss.item(),
        'parameters': {'body': sum(t.numel() for t in body.parameters()), 'fpn': sum(t.numel() for t in fpn.parameters())},
        'maps': {l: {'shape': list(to_ours(m).shape), **picks(to_ours(m))} for l, m in maps.items()},
        'gradients': {n: picks(filter_to_ours(t.grad), 4) for n, t in named.items() if t.grad is not None},
    }
    if training:
        out['updates'] = {n: picks(t, 4) for n, t in body.named_buffers() if 'running' in n}
    return out

cases = {'train': run('train', True, 1, 64, ['c3', 'c4', 'c5']), 'frozen': run('frozen', False, 3, 40, ['c2', 'c3', 'c4', 'c5'])}
write('packages/backbones/src/fixtures/torchvision-resnet18-fpn.json', {'generator': 'tools/oracles/backbones_resnet18_fpn.py', 'cases': cases})
