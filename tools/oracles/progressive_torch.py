"""A progressively growing GAN in torch after the reference (Karras et al. 2018): networks at and between resolutions, critic losses
with penalties by create_graph. Loaded by the oracle and by the benchmark's peer."""
import math
import torch
from torch import nn
from torch.nn import functional as F

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


def critic_loss(kind, d, real, fake, mix):
    on_real, on_fake = d(real), d(fake)
    penalty = torch.zeros((), dtype=real.dtype)
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
