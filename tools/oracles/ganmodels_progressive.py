"""python tools/oracles/ganmodels_progressive.py: a progressively growing GAN in torch and float64 after the reference (Karras et al.
2018): networks at and between resolutions, critic losses with penalties by create_graph, training steps. Weights are unit
uniforms of the formula, as the reference's start from N(0, 1). The reference's parameters are counted at full width."""
import math
import torch
from torch import nn
from torch.nn import functional as F
from nn_formula import filter_from_ours, filter_to_ours, film, formula, numbers, to_ours, write

torch.use_deterministic_algorithms(True)
lrelu = lambda x: F.leaky_relu(x, 0.2)
lerp = lambda a, b, t: a + (b - a) * t
pixel_norm = lambda x: x * torch.rsqrt((x ** 2).mean(1, keepdim=True) + 1e-8)
up = lambda x: x.repeat_interleave(2, 2).repeat_interleave(2, 3)
down = lambda x: F.avg_pool2d(x, 2)
reference_channels = lambda r: min(8192 // 2 ** (int(math.log2(r)) - 1), 512)
small_channels = lambda r: max(8, 96 // r)


class Conv(nn.Conv2d):
    """wscale: He's constant at run time, for the weight alone."""

    def __init__(self, inC, outC, kernel=3, gain=math.sqrt(2)):
        super().__init__(inC, outC, kernel, padding=kernel // 2)
        self.scale = gain / math.sqrt(inC * kernel ** 2)

    def forward(self, x):
        return F.conv2d(x, self.weight * self.scale, self.bias, padding=self.padding)


class Dense(nn.Linear):
    def __init__(self, inC, outC, gain=math.sqrt(2)):
        super().__init__(inC, outC)
        self.scale = gain / math.sqrt(inC)

    def forward(self, x):
        return F.linear(x, self.weight * self.scale, self.bias)


class Seed(nn.Module):
    """Dense layer to 4x4 with one bias a channel; ours counts the outputs rows, columns, channels."""

    def __init__(self, latent, c):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(16 * c, latent)), nn.Parameter(torch.empty(c))
        self.scale = math.sqrt(2) / 4 / math.sqrt(latent)

    def forward(self, z):
        x = F.linear(z, self.weight * self.scale).view(len(z), 4, 4, -1).permute(0, 3, 1, 2)
        return x + self.bias[None, :, None, None]


def resolutions(r):
    return [2 ** i for i in range(2, int(math.log2(r)) + 1)]


class Generator(nn.Module):
    def __init__(self, resolution, channels, latent, film_channels=1, heads=None):
        super().__init__()
        self.sizes = resolutions(resolution)
        for r in self.sizes:
            c = channels(r)
            parts = {'dense': Seed(latent, c), 'conv': Conv(c, c)} if r == 4 else {'conv0': Conv(channels(r // 2), c), 'conv1': Conv(c, c)}
            self.add_module(str(r), nn.ModuleDict(parts))
        self.toFilm = nn.ModuleDict({str(r): Conv(channels(r), film_channels, 1, 1) for r in heads or [resolution]})

    def forward(self, z, alpha=None):
        h = pixel_norm(z)
        for r in self.sizes:
            previous = h
            if r > 4:
                h = up(h)
            for layer in getattr(self, str(r)).values():
                h = pixel_norm(lrelu(layer(h)))
        y = self.toFilm[str(r)](h)
        return y if alpha is None else lerp(up(self.toFilm[str(r // 2)](previous)), y, alpha)


def minibatch_std(x, group=4):
    """As in the reference, NCHW."""
    group = min(group, len(x))
    n, c, h, w = x.shape
    y = x.reshape(group, -1, c, h, w)
    y = y - y.mean(0, keepdim=True)
    y = torch.sqrt((y ** 2).mean(0) + 1e-8).mean((1, 2, 3), keepdim=True)
    return torch.cat([x, y.repeat(group, 1, h, w)], 1)


class Critic(nn.Module):
    def __init__(self, resolution, channels, film_channels=1, heads=None):
        super().__init__()
        self.sizes = resolutions(resolution)[::-1]
        for r in self.sizes:
            c = channels(r)
            if r > 4:
                parts = {'conv0': Conv(c, c), 'conv1': Conv(c, channels(r // 2))}
            else:
                parts = {'conv': Conv(c + 1, c), 'dense0': Dense(16 * c, c), 'dense1': Dense(c, 1, 1)}
            self.add_module(str(r), nn.ModuleDict(parts))
        self.fromFilm = nn.ModuleDict({str(r): Conv(film_channels, channels(r), 1) for r in heads or [resolution]})

    def forward(self, x, alpha=None):
        top = self.sizes[0]
        h = lrelu(self.fromFilm[str(top)](x))
        for r in self.sizes:
            block = getattr(self, str(r))
            if r > 4:
                h = down(lrelu(block['conv1'](lrelu(block['conv0'](h)))))
                if r == top and alpha is not None:
                    h = lerp(lrelu(self.fromFilm[str(r // 2)](down(x))), h, alpha)
            else:
                h = lrelu(block['conv'](minibatch_std(h)))
                # ours flattens rows, columns, channels
                h = lrelu(block['dense0'](h.permute(0, 2, 3, 1).reshape(len(h), -1)))
        return block['dense1'](h)


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


def critic_loss(kind, d, real, fake, mix):
    on_real, on_fake = d(real), d(fake)
    penalty = torch.zeros((), dtype=torch.double)
    if kind == 'wgan-gp':
        mixed = lerp(real, fake, mix).detach().requires_grad_()
        (slope,) = torch.autograd.grad(d(mixed).sum(), mixed, create_graph=True)
        penalty = ((slope.square().sum((1, 2, 3)).sqrt() - 1) ** 2).mean()
        loss = on_fake.mean() - on_real.mean() + 10 * penalty + 0.001 * on_real.square().mean()
    elif kind == 'non-saturating-r1':
        x = real.detach().requires_grad_()
        (slope,) = torch.autograd.grad(d(x).sum(), x, create_graph=True)
        penalty = slope.square().sum((1, 2, 3)).mean() / 2
        loss = F.softplus(on_fake).mean() + F.softplus(-on_real).mean() + 10 * penalty
    else:
        loss = F.relu(1 - on_real).mean() + F.relu(1 + on_fake).mean()
    return loss, {'penalty': penalty, 'realScore': on_real.mean(), 'fakeScore': on_fake.mean()}


def fooling_loss(kind, scores):
    return F.softplus(-scores).mean() if kind == 'non-saturating-r1' else -scores.mean()


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
