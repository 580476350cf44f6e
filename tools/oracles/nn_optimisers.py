"""python tools/oracles/nn_optimisers.py: torch's Adam over 100 steps, clip_grad_norm_, OneCycleLR, ReduceLROnPlateau."""
import torch
from nn_formula import formula, numbers, write

def adam(lr, **options):
    p = formula('p', (6,)).double().float().requires_grad_()
    opt = torch.optim.Adam([p], lr=lr, **options)
    points = []
    for t in range(1, 101):
        # a gradient with a part that depends on the parameter and a part that changes from step to step
        p.grad = (p.detach() * 0.5 + formula(f'g{t}', (6,), 0.3))
        opt.step()
        if t % 10 == 0: points.append(numbers(p))
    return points

a, b = formula('clip.a', (3, 2)), formula('clip.b', (4,))
clip = {}
for limit in (0.05, 100.0):
    ps = [torch.zeros_like(a).requires_grad_(), torch.zeros_like(b).requires_grad_()]
    ps[0].grad, ps[1].grad = a.clone(), b.clone()
    norm = torch.nn.utils.clip_grad_norm_(ps, limit)
    clip[str(limit)] = {'norm': float(norm), 'a': numbers(ps[0].grad), 'b': numbers(ps[1].grad)}
write('packages/nn/src/optimisers/fixtures/torch-optimisers.json', {
    'generator': 'tools/oracles/nn_optimisers.py',
    'adam': {'default': adam(1e-2), 'gan': adam(2e-4, betas=(0.5, 0.999)), 'decay': adam(1e-2, weight_decay=0.1, eps=1e-3)},
    'clip': clip,
})

def cycle(**options):
    p = torch.zeros(1, requires_grad=True)
    opt = torch.optim.SGD([p], lr=1.0)
    s = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=2e-3, cycle_momentum=False, **options)
    out = []
    for i in range(options['total_steps']):
        out.append(opt.param_groups[0]['lr'])
        opt.step()
        if i + 1 < options['total_steps']: s.step()
    return out

def plateau(values, **options):
    p = torch.zeros(1, requires_grad=True)
    opt = torch.optim.SGD([p], lr=1.0)
    s = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, **options)
    out = []
    for v in values:
        s.step(v)
        out.append(opt.param_groups[0]['lr'])
    return out

series = [5, 4, 4, 3.99999, 3, 3, 3, 3, 3, 3, 3, 2.9, 3, 3, 3, 3, 3, 3, 3, 3, 1, 2, 2, 2, 2, 2, 2]
write('packages/nn/src/schedules/fixtures/torch-schedules.json', {
    'generator': 'tools/oracles/nn_optimisers.py',
    'oneCycle': {'cos': cycle(total_steps=37), 'linear': cycle(total_steps=20, pct_start=0.25, anneal_strategy='linear', div_factor=10, final_div_factor=100)},
    'plateau': {'values': series, 'granet': plateau(series, factor=0.2, patience=4), 'cooldown': plateau(series, factor=0.5, patience=1, cooldown=2, min_lr=0.2)},
})
