"""python tools/oracles/ganmodels_dcgan.py: a DCGAN (Radford et al. 2016) in torch and float64, kernels of 4 at stride 2: networks
while training and by running statistics, three steps with new latents for each network; changes of films for augmentation, with
their gradient and the gradient of a penalty by create_graph. Weights, films and draws from the formula."""
import math
import torch
from torch import nn
from torch.nn import functional as F
from nn_formula import fill, film, filter_to_ours, formula, numbers, to_ours, write

torch.use_deterministic_algorithms(True)
LATENT, N = 6, 6


def maps(size, width):
    return [min(4096 // 4 // 2 ** i, width) for i in range(int(math.log2(size)) - 2)]


class Generator(nn.Module):
    """Dense to 4x4, counted rows, columns, channels; doubled until it is a film."""

    def __init__(self, size, latent, width):
        super().__init__()
        self.channels = maps(size, width)
        self.project, self.project_norm = nn.Linear(latent, 16 * self.channels[0], bias=False), nn.BatchNorm2d(self.channels[0])
        outs = self.channels[1:] + [1]
        for i, (a, b) in enumerate(zip(self.channels, outs), 1):
            last = i == len(outs)
            self.add_module(f'up{i}', nn.ConvTranspose2d(a, b, 4, 2, 1, bias=last))
            if not last:
                self.add_module(f'up{i}_norm', nn.BatchNorm2d(b))

    def forward(self, z):
        h = self.project(z).view(len(z), 4, 4, -1).permute(0, 3, 1, 2)
        h = F.relu(self.project_norm(h))
        for i in range(1, len(self.channels)):
            h = F.relu(getattr(self, f'up{i}_norm')(getattr(self, f'up{i}')(h)))
        return torch.tanh(getattr(self, f'up{len(self.channels)}')(h))


class Discriminator(nn.Module):
    def __init__(self, size, width):
        super().__init__()
        outs = maps(size, width)[::-1]
        self.count = len(outs)
        for i, (a, b) in enumerate(zip([1] + outs, outs), 1):
            self.add_module(f'down{i}', nn.Conv2d(a, b, 4, 2, 1, bias=i == 1))
            if i > 1:
                self.add_module(f'down{i}_norm', nn.BatchNorm2d(b))
        self.logit = nn.Linear(16 * outs[-1], 1)

    def forward(self, x):
        h = F.leaky_relu(self.down1(x), 0.2)
        for i in range(2, self.count + 1):
            h = F.leaky_relu(getattr(self, f'down{i}_norm')(getattr(self, f'down{i}')(h)), 0.2)
        return self.logit(h.permute(0, 2, 3, 1).reshape(len(h), -1))


def made(module, prefix):
    fill(module, prefix)
    return module.double()


def picks(t, n=6):
    """n values spread over the row-major tensor, its sum and the sum of magnitudes."""
    flat = t.detach().contiguous().reshape(-1)
    step = max(1, flat.numel() // n)
    return {'picks': numbers(flat[::step][:n]), 'sum': float(flat.sum()), 'size': float(flat.abs().sum())}


def running(module):
    return {n: b for n, b in module.named_buffers() if not n.endswith('num_batches_tracked')}


SIZES = {'16': (16, 8), '32': (32, 6)}
generator_of = lambda size, width: made(Generator(size, LATENT, width), 'generator.')
discriminator_of = lambda size, width: made(Discriminator(size, width), 'discriminator.')


def parity(net, name, x):
    x = x.double().requires_grad_()
    y = to_ours(net(x))
    (y * formula(f'{name}.dy', tuple(y.shape)).double()).sum().backward()
    out = {
        'shape': list(y.shape), 'y': picks(y, 20), 'dx': picks(to_ours(x.grad), 20),
        'gradients': {n: picks(filter_to_ours(p.grad), 4) for n, p in net.named_parameters()},
        'running': {n: picks(b, 4) for n, b in running(net).items()},
    }
    fill(net, name + '.')  # running statistics as they were
    return {**out, 'frozen': picks(to_ours(net.eval()(x.detach())), 20)}


def judged(d, real, fake):
    on_real, on_fake = d(real), d(fake)
    bce = F.binary_cross_entropy_with_logits
    return bce(on_real, torch.ones_like(on_real)) + bce(on_fake, torch.zeros_like(on_fake)), on_real, on_fake


def untracked(net, body):
    """What `body` returns; the running statistics of `net` stay."""
    norms = [m for m in net.modules() if isinstance(m, nn.BatchNorm2d)]
    for m in norms:
        m.momentum = 0.0
    y = body()
    for m in norms:
        m.momentum = 0.1
    return y


def steps(kind, size, width, count=3, lr=2e-3):
    g, d = generator_of(size, width), discriminator_of(size, width)
    opt_g, opt_d = (torch.optim.Adam(net.parameters(), lr=lr, betas=(0.5, 0.999)) for net in (g, d))
    logs = []
    for i in range(count):
        real = 0.9 * film(f'step.{i}.real', N, size, size, 1).double()
        fake = untracked(g, lambda: g(formula(f'step.{i}.forDiscriminator', (N, LATENT)).double())).detach()
        loss_d, on_real, on_fake = judged(d, real, fake)
        grads_d = torch.autograd.grad(loss_d, list(d.parameters()))
        for p, grad in zip(d.parameters(), grads_d):
            p.grad = grad
        opt_d.step()
        made_films = g(formula(f'step.{i}.forGenerator', (N, LATENT)).double())
        scores = untracked(d, lambda: d(made_films))
        loss_g = torch.log(1 - torch.sigmoid(scores)).mean() if kind == 'printed' else -torch.log(torch.sigmoid(scores)).mean()
        grads_g = torch.autograd.grad(loss_g, list(g.parameters()))
        for p, grad in zip(g.parameters(), grads_g):
            p.grad = grad
        opt_g.step()
        norm = lambda grads: torch.sqrt(sum((grad ** 2).sum() for grad in grads)).item()
        logs.append({
            'loss': loss_g.item(), 'discriminator': loss_d.item(), 'realScore': on_real.mean().item(), 'fakeScore': on_fake.mean().item(),
            'gradNorm': norm(grads_g), 'discriminatorGradNorm': norm(grads_d),
        })
    named = {f'{net}.{n}': p for net, m in (('generator', g), ('discriminator', d)) for n, p in m.named_parameters()}
    statistics = {f'{net}.{n}': b for net, m in (('generator', g), ('discriminator', d)) for n, b in running(m).items()}
    return {
        'ganLoss': kind, 'size': size, 'width': width, 'learningRate': lr, 'logs': logs,
        'params': {n: picks(filter_to_ours(p), 4) for n, p in named.items()},
        'statistics': {n: picks(b, 4) for n, b in statistics.items()},
    }


def moved(x, down, right, outside):
    """Films cut out of padded ones, where the changed ones multiply by matrices."""
    h, w = x.shape[2:]
    t = 3
    padded = F.pad(x, (t, t, t, t), 'reflect') if outside == 'reflect' else F.pad(x, (t, t, t, t), value=-1.0)
    cut = [padded[n:n + 1, :, t - int(down[n]):t - int(down[n]) + h, t - int(right[n]):t - int(right[n]) + w] for n in range(len(x))]
    return torch.cat(cut)


CHANGES = {
    'brightness': [0.2, -0.1, 0, 0.05, 0, 0.1], 'contrast': [1.5, 0.5, 1, 1.2, 1, 0.9], 'down': [0, 3, -2, 1, 0, -3],
    'right': [2, 0, -3, 1, 0, 3], 'flip': [0, 1, 0, 1, 0, 1], 'box': [1, 0, 1, 1, 0, 1],
    'boxRow': [0, 4, 8, 3, 2, 5], 'boxColumn': [7, 1, 0, 9, 3, 5],
}


def changed(x, outside, reach):
    c = {k: torch.tensor(v, dtype=torch.double).view(-1, 1, 1, 1) for k, v in CHANGES.items()}
    x = x + c['brightness']  # as DiffAugment: brightness, then contrast about the mean
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * c['contrast'] + mean
    x = torch.stack([f.flip(2) if flip else f for f, flip in zip(x, CHANGES['flip'])])
    x = moved(x, CHANGES['down'], CHANGES['right'], outside)
    mask = torch.ones_like(x)
    for n, (box, row, column) in enumerate(zip(CHANGES['box'], CHANGES['boxRow'], CHANGES['boxColumn'])):
        if box:
            mask[n, :, max(0, row - reach):row + reach + 1, max(0, column - reach):column + reach + 1] = 0
    return x * mask


def augmentation(outside, reach=1, h=9, w=10):
    x = film('augment.films', N, h, w, 1).double().requires_grad_()
    y = changed(x, outside, reach)
    (dx,) = torch.autograd.grad((y * film('augment.dy', N, h, w, 1).double()).sum(), x)
    # a penalty on the slope of a critic that sees changed films, and its gradient by the critic's weights
    v = (1.5 + film('augment.critic', 1, h, w, 1).double()).requires_grad_()
    (slope,) = torch.autograd.grad(F.softplus(changed(x, outside, reach) * v).sum(), x, create_graph=True)
    penalty = ((slope.square().sum((1, 2, 3)).sqrt() - 1) ** 2).mean()
    (dv,) = torch.autograd.grad(penalty, v)
    return {
        'outside': outside, 'boxReach': reach, 'height': h, 'width': w, 'changes': CHANGES,
        'y': picks(to_ours(y), 180), 'dx': picks(to_ours(dx), 60), 'penalty': penalty.item(), 'dv': picks(to_ours(dv), 45),
    }


count = lambda net: sum(p.numel() for p in net.parameters())
write('packages/gan-models/src/fixtures/torch-dcgan.json', {
    'generator': 'tools/oracles/ganmodels_dcgan.py',
    'parameters': {
        str(size): {'generator': count(Generator(size, 128, 1024)), 'discriminator': count(Discriminator(size, 1024))}
        for size in (64, 256)
    },
    'generators': {
        name: {'size': s, 'width': w, **parity(generator_of(s, w), 'generator', formula('generator.x', (N, LATENT)))}
        for name, (s, w) in SIZES.items()
    },
    'discriminators': {
        name: {'size': s, 'width': w, **parity(discriminator_of(s, w), 'discriminator', film('discriminator.x', N, s, s, 1))}
        for name, (s, w) in SIZES.items()
    },
    'steps': {'printed 16': steps('printed', 16, 8), 'non-saturating 32': steps('non-saturating', 32, 6)},
    'augmentations': {outside: augmentation(outside) for outside in ('reflect', 'black')},
})
