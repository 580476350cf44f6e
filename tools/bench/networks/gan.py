"""PyTorch's side of the GAN rows: CycleGAN's ResNet generator and the 70x70 PatchGAN, least squares and L1, one forward pass
of G and simultaneous Adam steps, as packages/gan-models. Weights and films by formula, as there."""
from torch_side import autocast, compiled, layout, parameters, set_up, versions
import torch
from torch import nn
from torch.nn import functional as F
from nn_formula import fill, film
from side import serve


def normed(*layers, f):
    # a bias before an instance norm would be subtracted by it
    return nn.Sequential(*layers, nn.InstanceNorm2d(f), nn.ReLU(True))


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.body = nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(c, c, 3, bias=False), nn.InstanceNorm2d(c), nn.ReLU(True),
            nn.ReflectionPad2d(1), nn.Conv2d(c, c, 3, bias=False), nn.InstanceNorm2d(c),
        )

    def forward(self, x):
        return x + self.body(x)


class Generator(nn.Sequential):
    """c7s1-f, d2f, d4f, R4f x blocks, u2f, uf, c7s1-1."""

    def __init__(self, f, blocks):
        up = dict(kernel_size=3, stride=2, padding=1, output_padding=1, bias=False)
        super().__init__(
            normed(nn.ReflectionPad2d(3), nn.Conv2d(1, f, 7, bias=False), f=f),
            normed(nn.Conv2d(f, 2 * f, 3, 2, 1, bias=False), f=2 * f),
            normed(nn.Conv2d(2 * f, 4 * f, 3, 2, 1, bias=False), f=4 * f),
            *[Block(4 * f) for _ in range(blocks)],
            normed(nn.ConvTranspose2d(4 * f, 2 * f, **up), f=2 * f),
            normed(nn.ConvTranspose2d(2 * f, f, **up), f=f),
            nn.ReflectionPad2d(3), nn.Conv2d(f, 1, 7), nn.Tanh(),
        )
        self.names = ['stem', 'down1', 'down2', *(f'blocks.{i}.conv{j}' for i in range(blocks) for j in (1, 2)), 'up1', 'up2', 'head']


class PatchGan(nn.Sequential):
    def __init__(self, f):
        layers = [nn.Conv2d(1, f, 4, 2, 1), nn.LeakyReLU(0.2, True)]
        for c, stride in ((f, 2), (2 * f, 2), (4 * f, 1)):
            layers += [nn.Conv2d(c, 2 * c, 4, stride, 1, bias=False), nn.InstanceNorm2d(2 * c), nn.LeakyReLU(0.2, True)]
        super().__init__(*layers, nn.Conv2d(8 * f, 1, 4, 1, 1))
        self.names = ['c1', 'c2', 'c3', 'c4', 'logits']


def fill_by_formula(network, prefix):
    convolutions = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d))]
    for name, m in zip(network.names, convolutions, strict=True):
        fill(m, f'{prefix}.{name}.')


def prepare(settings):
    set_up(settings)
    batch, size = settings['batch'], settings['size']
    g, d = Generator(settings['filters'], settings['blocks']), PatchGan(settings['filters'])
    fill_by_formula(g, 'generator')
    fill_by_formula(d, 'discriminator')
    g, d = layout(settings, g), layout(settings, d)
    opt_g, opt_d = (torch.optim.Adam(m.parameters(), lr=2e-4, betas=(0.5, 0.999), fused=True) for m in (g, d))
    x, target, real = (layout(settings, 0.9 * film(f'step.{n}', batch, size, size, 1)) for n in ('input', 'target', 'real'))
    run_g, run_d = compiled(settings, g), compiled(settings, d)

    def unit():
        d.requires_grad_(False)
        opt_g.zero_grad(set_to_none=True)
        with autocast(settings):
            fake = run_g(x)
            on_fake = run_d(fake)
            adversarial = F.mse_loss(on_fake, torch.ones_like(on_fake))
            l1 = F.l1_loss(fake, target)
            loss = adversarial + 10 * l1
        loss.backward()

        d.requires_grad_(True)
        opt_d.zero_grad(set_to_none=True)
        with autocast(settings):
            on_real, on_fake = run_d(real), run_d(fake.detach())
            discriminator = 0.5 * (F.mse_loss(on_real, torch.ones_like(on_real)) + F.mse_loss(on_fake, torch.zeros_like(on_fake)))
        discriminator.backward()

        norm = torch.nn.utils.get_total_norm([p.grad for p in g.parameters()])
        opt_g.step()
        opt_d.step()
        logs = torch.stack([loss, adversarial, l1, discriminator, norm]).tolist()
        return dict(zip(('loss', 'adversarial', 'l1', 'discriminator', 'gradNorm'), logs))

    return dict(same=dict(generator=parameters(g), discriminator=parameters(d)), versions=versions(), unit=unit)


serve(prepare)
