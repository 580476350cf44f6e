"""python tools/oracles/ganmodels_networks.py: torch's CycleGAN generator, 70x70 PatchGAN and three simultaneous GAN steps
(eqs 2 and 3 of GRANet with the identity term), in float64, with weights and films from the formula. Convolutions before an
instance norm have no bias here as there: the norm would subtract it."""
import torch
from torch import nn
from torch.nn import functional as F
from nn_formula import fill, film, filter_to_ours, formula, numbers, to_ours, write

torch.use_deterministic_algorithms(True)


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv1, self.conv2 = (nn.Conv2d(c, c, 3, 1, 1, bias=False, padding_mode='reflect') for _ in range(2))
        self.norm = nn.InstanceNorm2d(c)

    def forward(self, x):
        return x + self.norm(self.conv2(F.relu(self.norm(self.conv1(x)))))


class Generator(nn.Module):
    """c7s1-f, d2f, d4f, R4f x blocks, u2f, uf, c7s1-1."""

    def __init__(self, f, blocks, skip=False):
        super().__init__()
        self.skip = skip
        self.stem = nn.Conv2d(1, f, 7, 1, 3, bias=False, padding_mode='reflect')
        self.down1 = nn.Conv2d(f, 2 * f, 3, 2, 1, bias=False)
        self.down2 = nn.Conv2d(2 * f, 4 * f, 3, 2, 1, bias=False)
        self.blocks = nn.ModuleList([Block(4 * f) for _ in range(blocks)])
        self.up1 = nn.ConvTranspose2d(4 * f, 2 * f, 3, 2, 1, output_padding=1, bias=False)
        self.up2 = nn.ConvTranspose2d(2 * f, f, 3, 2, 1, output_padding=1, bias=False)
        self.head = nn.Conv2d(f, 1, 7, 1, 3, padding_mode='reflect')

    def forward(self, x):
        h = x
        for layer in (self.stem, self.down1, self.down2):
            h = F.relu(F.instance_norm(layer(h)))
        for block in self.blocks:
            h = block(h)
        for layer in (self.up1, self.up2):
            h = F.relu(F.instance_norm(layer(h)))
        y = torch.tanh(self.head(h))
        return (x + y).clamp(-1, 1) if self.skip else y


class PatchGan(nn.Module):
    def __init__(self, f):
        super().__init__()
        self.c1 = nn.Conv2d(1, f, 4, 2, 1)
        self.c2 = nn.Conv2d(f, 2 * f, 4, 2, 1, bias=False)
        self.c3 = nn.Conv2d(2 * f, 4 * f, 4, 2, 1, bias=False)
        self.c4 = nn.Conv2d(4 * f, 8 * f, 4, 1, 1, bias=False)
        self.logits = nn.Conv2d(8 * f, 1, 4, 1, 1)

    def forward(self, x):
        h = F.leaky_relu(self.c1(x), 0.2)
        for layer in (self.c2, self.c3, self.c4):
            h = F.leaky_relu(F.instance_norm(layer(h)), 0.2)
        return self.logits(h)


def picks(t, n=6):
    """n values spread over the row-major tensor, its sum and the sum of magnitudes."""
    flat = t.detach().contiguous().reshape(-1)
    step = max(1, flat.numel() // n)
    return {'picks': numbers(flat[::step][:n]), 'sum': float(flat.sum()), 'size': float(flat.abs().sum())}


def made(module, prefix=''):
    fill(module, prefix)
    return module.double()


def parity(name, net, size):
    x = film(f'{name}.x', 2, size, size, 1).double().requires_grad_()
    y = to_ours(net(x))
    (y * formula(f'{name}.dy', tuple(y.shape)).double()).sum().backward()
    return {
        'shape': list(y.shape), 'y': picks(y, 40), 'dx': picks(to_ours(x.grad), 40),
        'gradients': {n: picks(filter_to_ours(p.grad)) for n, p in net.named_parameters()},
    }


def steps(gan_loss, l1_weight, identity_weight, skip, count=3, lr=2e-4):
    """Both networks step from one forward pass; Adam of torch, betas .5 and .999."""
    g, d = made(Generator(2, 1, skip), 'generator.'), made(PatchGan(2), 'discriminator.')
    opt_g, opt_d = (torch.optim.Adam(net.parameters(), lr=lr, betas=(0.5, 0.999)) for net in (g, d))
    x, target, real = (0.9 * film(f'step.{n}', 2, 32, 32, 1).double() for n in ('input', 'target', 'real'))
    logs = []
    for _ in range(count):
        fake = g(x)
        on_fake = d(fake)
        adversarial = {
            'printed': lambda: torch.log(1 - torch.sigmoid(on_fake)).mean(),
            'non-saturating': lambda: F.binary_cross_entropy_with_logits(on_fake, torch.ones_like(on_fake)),
            'least-squares': lambda: F.mse_loss(on_fake, torch.ones_like(on_fake)),
        }[gan_loss]()
        l1, identity = F.l1_loss(fake, target), F.l1_loss(g(real), real)
        loss = adversarial + l1_weight * l1 + identity_weight * identity
        grads_g = torch.autograd.grad(loss, list(g.parameters()))
        on_real, on_fake = d(real), d(fake.detach())
        if gan_loss == 'least-squares':
            loss_d = 0.5 * (F.mse_loss(on_real, torch.ones_like(on_real)) + F.mse_loss(on_fake, torch.zeros_like(on_fake)))
        else:
            bce = F.binary_cross_entropy_with_logits
            loss_d = bce(on_real, torch.ones_like(on_real)) + bce(on_fake, torch.zeros_like(on_fake))
        grads_d = torch.autograd.grad(loss_d, list(d.parameters()))
        for net, grads, opt in ((g, grads_g, opt_g), (d, grads_d, opt_d)):
            for p, grad in zip(net.parameters(), grads):
                p.grad = grad
            opt.step()
        norm, norm_d = (torch.sqrt(sum((grad ** 2).sum() for grad in grads)) for grads in (grads_g, grads_d))
        logs.append({
            'loss': loss.item(), 'adversarial': adversarial.item(), 'l1': l1.item(),
            'identity': identity.item() if identity_weight else 0.0, 'discriminator': loss_d.item(), 'gradNorm': norm.item(),
            'discriminatorGradNorm': norm_d.item(),
        })
    named = {f'{net}.{n}': p for net, m in (('generator', g), ('discriminator', d)) for n, p in m.named_parameters()}
    return {
        'ganLoss': gan_loss, 'l1Weight': l1_weight, 'identityWeight': identity_weight, 'skip': skip, 'learningRate': lr,
        'logs': logs, 'params': {n: picks(filter_to_ours(p)) for n, p in named.items()},
    }


count = lambda net: sum(p.numel() for p in net.parameters())
write('packages/gan-models/src/fixtures/torch-gan.json', {
    'generator': 'tools/oracles/ganmodels_networks.py',
    'parameters': {'generator': count(Generator(64, 9)), 'discriminator': count(PatchGan(64))},
    'networks': {
        'generator': parity('generator', made(Generator(4, 2)), 16),
        'generator-skip': parity('generator-skip', made(Generator(4, 2, True)), 16),
        'patchgan': parity('patchgan', made(PatchGan(4)), 48),
    },
    'steps': {
        'printed': steps('printed', 1, 0, False),
        'non-saturating': steps('non-saturating', 100, 0, True),
        'least-squares': steps('least-squares', 10, 5, False),
    },
})
