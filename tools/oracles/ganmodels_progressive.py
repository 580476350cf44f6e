"""python tools/oracles/ganmodels_progressive.py: a progressively growing GAN in torch and float64 after the reference (Karras et al.
2018): networks at and between resolutions, critic losses with penalties by create_graph, training steps. Weights are unit
uniforms of the formula, as the reference's start from N(0, 1). The reference's parameters are counted at full width."""
import math
import torch
from nn_formula import filter_from_ours, filter_to_ours, film, formula, numbers, to_ours, write
from progressive_torch import Critic, Generator, critic_loss, down, fooling_loss, lerp, reference_channels, resolutions, small_channels, up

torch.use_deterministic_algorithms(True)


def made(net, prefix):
    with torch.no_grad():
        for name, p in net.named_parameters():
            shape = tuple(filter_to_ours(p).shape)
            p.copy_(filter_from_ours(formula(prefix + name, shape, 0.1 if name.endswith('bias') else math.sqrt(3))))
    return net.double()


def picks(t, n=6):
    """n values spread over the row-major tensor, its sum and the sum of magnitudes."""
    flat = t.detach().contiguous().reshape(-1)
    step = max(1, flat.numel() // n)
    return {'picks': numbers(flat[::step][:n]), 'sum': float(flat.sum()), 'size': float(flat.abs().sum())}


LATENT = 6
heads_of = lambda r, alpha: None if alpha is None else [r // 2, r]
generator_at = lambda r, alpha: made(Generator(r, small_channels, LATENT, heads=heads_of(r, alpha)), 'generator.')
critic_at = lambda r, alpha: made(Critic(r, small_channels, heads=heads_of(r, alpha)), 'critic.')


def parity(net, name, x, alpha):
    x = x.double().requires_grad_()
    y = net(x, alpha)
    ours = to_ours(y)
    (ours * formula(f'{name}.dy', tuple(ours.shape)).double()).sum().backward()
    return {
        'shape': list(ours.shape), 'y': picks(ours, 20), 'dx': picks(to_ours(x.grad), 20),
        'gradients': {n: picks(filter_to_ours(p.grad), 4) for n, p in net.named_parameters()},
    }


N = 8
unit = lambda name, shape: (formula(name, shape).double() + 1) / 2


def losses(kind, r, alpha):
    d = critic_at(r, alpha)
    real, fake = (film(f'loss.{n}', N, r, r, 1).double() for n in ('real', 'fake'))
    loss, parts = critic_loss(kind, lambda x: d(x, alpha), real, fake, unit('loss.mix', (N, 1, 1, 1)))
    grads = torch.autograd.grad(loss, list(d.parameters()), allow_unused=True)
    return {
        'kind': kind, 'resolution': r, 'alpha': alpha, 'loss': loss.item(), **{k: v.item() for k, v in parts.items()},
        'gradients': {n: picks(filter_to_ours(g), 4) for (n, _), g in zip(d.named_parameters(), grads)},
    }


def steps(kind, r, alphas, lr=1e-3, decay=0.9):
    """The critic's step, the average, the generator's step against the new critic."""
    g, d = generator_at(r, alphas[0]), critic_at(r, alphas[0])
    average = {n: p.detach().clone() for n, p in g.named_parameters()}
    opt_g, opt_d = (torch.optim.Adam(net.parameters(), lr=lr, betas=(0.0, 0.99), eps=1e-8) for net in (g, d))
    logs = []
    for i, alpha in enumerate(alphas):
        x = film(f'step.{i}.real', N, r, r, 1).double()
        real = x if alpha is None else lerp(up(down(x)), x, alpha)
        fake = g(formula(f'step.{i}.forCritic', (N, LATENT)).double(), alpha).detach()
        loss_d, parts = critic_loss(kind, lambda x: d(x, alpha), real, fake, unit(f'step.{i}.mix', (N, 1, 1, 1)))
        grads_d = torch.autograd.grad(loss_d, list(d.parameters()))
        for p, grad in zip(d.parameters(), grads_d):
            p.grad = grad
        opt_d.step()
        average = {n: decay * average[n] + (1 - decay) * p.detach() for n, p in g.named_parameters()}
        loss_g = fooling_loss(kind, d(g(formula(f'step.{i}.forGenerator', (N, LATENT)).double(), alpha), alpha))
        grads_g = torch.autograd.grad(loss_g, list(g.parameters()))
        for p, grad in zip(g.parameters(), grads_g):
            p.grad = grad
        opt_g.step()
        norm = lambda grads: torch.sqrt(sum((grad ** 2).sum() for grad in grads)).item()
        logs.append({
            'loss': loss_g.item(), 'critic': loss_d.item(), **{k: v.item() for k, v in parts.items()},
            'gradNorm': norm(grads_g), 'criticGradNorm': norm(grads_d),
        })
    named = {f'{net}.{n}': p for net, m in (('generator', g), ('critic', d)) for n, p in m.named_parameters()}
    named |= {f'average.{n}': p for n, p in average.items()}
    return {
        'kind': kind, 'resolution': r, 'alphas': alphas, 'learningRate': lr, 'emaDecay': decay, 'logs': logs,
        'params': {n: picks(filter_to_ours(p), 4) for n, p in named.items()},
    }


PLACES = {'4': (4, None), '8-fading': (8, 0.3), '8': (8, None), '16-fading': (16, 0.6), '16': (16, None), '64': (64, None), '64-fading': (64, 0.9)}
count = lambda net: sum(p.numel() for p in net.parameters())
all_heads = resolutions(1024)
write('packages/gan-models/src/fixtures/torch-progressive.json', {
    'generator': 'tools/oracles/ganmodels_progressive.py',
    # with three channels as the reference's films, and the heads of every resolution, which it makes at the start
    'parameters': {
        'reference': {'generator': count(Generator(1024, reference_channels, 512, 3, all_heads)), 'critic': count(Critic(1024, reference_channels, 3, all_heads))},
        'stable1024': {'generator': count(Generator(1024, reference_channels, 512)), 'critic': count(Critic(1024, reference_channels))},
        'fading1024': {'generator': count(Generator(1024, reference_channels, 512, 1, [512, 1024])), 'critic': count(Critic(1024, reference_channels, 1, [512, 1024]))},
    },
    'generators': {
        name: {'resolution': r, 'alpha': alpha, **parity(generator_at(r, alpha), 'generator', formula('generator.x', (N, LATENT)), alpha)}
        for name, (r, alpha) in PLACES.items()
    },
    'critics': {
        name: {'resolution': r, 'alpha': alpha, **parity(critic_at(r, alpha), 'critic', film('critic.x', N, r, r, 1), alpha)}
        for name, (r, alpha) in PLACES.items()
    },
    'losses': {
        f'{kind} {name}': losses(kind, *PLACES[name])
        for kind in ('wgan-gp', 'non-saturating-r1') for name in ('4', '8-fading', '16', '64')
    } | {'hinge 8-fading': losses('hinge', *PLACES['8-fading'])},
    'steps': {
        'wgan-gp 8 fading': steps('wgan-gp', 8, [0.0, 0.5, 0.75]),
        'wgan-gp 4': steps('wgan-gp', 4, [None] * 3),
        'non-saturating-r1 16 fading': steps('non-saturating-r1', 16, [0.05, 0.1, 0.2]),
        'hinge 8': steps('hinge', 8, [None] * 3),
    },
})
