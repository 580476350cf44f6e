"""PyTorch's side of the rows of the progressive GAN: the reference's networks at one stable resolution, WGAN-GP by create_graph, Adam
without momentum, the generator's running average, as packages/gan-models. Weights, films and draws by formula, as there."""
from torch_side import layout, parameters, set_up, versions
import torch
from nn_formula import filter_from_ours, filter_to_ours, film, formula, scale_of
from progressive_torch import Critic, Generator, critic_loss, fooling_loss
from side import serve


def filled(net, prefix):
    with torch.no_grad():
        for name, p in net.named_parameters():
            shape = tuple(filter_to_ours(p).shape)
            p.copy_(filter_from_ours(formula(f'{prefix}.{name}', shape, *scale_of(f'{prefix}.{name}', shape))))
    return net


def prepare(settings):
    set_up(settings)
    batch, size, latent, largest = (settings[n] for n in ('batch', 'size', 'latent', 'largest'))
    channels = lambda r: min(16384 // r, largest)
    g, d = filled(Generator(size, channels, latent), 'generator'), filled(Critic(size, channels), 'critic')
    average = filled(Generator(size, channels, latent), 'average')
    g, d, average = layout(settings, g), layout(settings, d), layout(settings, average)
    opt_g, opt_d = (torch.optim.Adam(m.parameters(), lr=1e-3, betas=(0.0, 0.99), eps=1e-8, fused=True) for m in (g, d))
    real = layout(settings, 0.9 * film('step.real', batch, size, size, 1))
    for_critic, for_generator = (formula(f'step.{n}', (batch, latent)).float() for n in ('forCritic', 'forGenerator'))
    mix = ((formula('step.mix', (batch, 1, 1, 1)) + 1) / 2).float()
    norm = lambda m: torch.nn.utils.get_total_norm([p.grad for p in m.parameters()])

    def unit():
        with torch.no_grad():
            fake = g(for_critic)
        opt_d.zero_grad(set_to_none=True)
        critic, parts = critic_loss('wgan-gp', d, real, fake, mix)
        critic.backward()
        critic_norm = norm(d)
        opt_d.step()
        with torch.no_grad():
            torch._foreach_lerp_(list(average.parameters()), list(g.parameters()), 1 - 0.999)
        d.requires_grad_(False)
        opt_g.zero_grad(set_to_none=True)
        loss = fooling_loss('wgan-gp', d(g(for_generator)))
        loss.backward()
        d.requires_grad_(True)
        generator_norm = norm(g)
        opt_g.step()
        logs = torch.stack([loss, critic, *parts.values(), generator_norm, critic_norm]).tolist()
        return dict(zip(('loss', 'critic', *parts, 'gradNorm', 'criticGradNorm'), logs))

    return dict(same=dict(generator=parameters(g), critic=parameters(d)), versions=versions(), unit=unit)


serve(prepare)
