"""python tools/oracles/align_loss.py: torch's answers for the loss of eq 1 (value and gradient), for its gradient through
affine_grid and grid_sample (align_corners=False, border), and for one step of the aligner: the clipped gradients of every
parameter and the running statistics. Weights and films come from the formula."""
import torch
from torch import nn
from torch.nn.functional import affine_grid, grid_sample, interpolate
from torchvision.models import resnet18
from nn_formula import film, fill, filter_to_ours, formula, numbers, to_ours, write

torch.use_deterministic_algorithms(True)
CLIP, LIMIT = 1, 0.5

features = nn.Sequential()
for name, module in [('conv1', nn.Conv2d(1, 16, 3, 2, 1, bias=False)), ('relu1', nn.ReLU()), ('conv2', nn.Conv2d(16, 32, 3, 2, 1, bias=False)), ('relu2', nn.ReLU())]:
    features.add_module(name, module)
fill(features, 'features.')
features.requires_grad_(False)

def loss_of(aligned, reference):
    pixel = ((aligned - reference) ** 2).mean(dim=(1, 2, 3)).add(1e-12).sqrt().mean()
    feature = ((features(aligned) - features(reference)) ** 2).mean()
    return pixel + feature, pixel, feature

def seen_through(moving, theta):
    grid = affine_grid(theta.view(-1, 2, 3), list(moving.shape), align_corners=False)
    return grid_sample(moving, grid, mode='bilinear', padding_mode='border', align_corners=False)

def smooth_films(name, n, size):
    """8 x 8 numbers a film, enlarged: on noise one sampling point that rounds into the next cell moves the gradient by a percent."""
    return interpolate(torch.cat([film(f'{name}.{i}', 1, 8, 8, 1) for i in range(n)]), size=(size, size), mode='bilinear', align_corners=False)

def picks(t, n=6):
    flat = t.detach().contiguous().reshape(-1)
    step = max(1, flat.numel() // n)
    return {'picks': numbers(flat[::step][:n]), 'sum': float(flat.double().sum()), 'size': float(flat.double().abs().sum())}

def plain_loss():
    aligned, reference = film('aligned', 2, 8, 8, 1).requires_grad_(), film('reference', 1, 8, 8, 1)
    loss, pixel, feature = loss_of(aligned, reference)
    loss.backward()
    return {'loss': loss.item(), 'pixel': pixel.item(), 'feature': feature.item(), 'gradient': numbers(to_ours(aligned.grad))}

def through_theta():
    # a turn, a scale and a shift that look beyond the film, so that the border counts
    theta = torch.tensor([[1.12, -0.1, 0.08, 0.1, 1.12, -0.05], [0.9, 0.05, -0.2, -0.05, 0.95, 0.1]], requires_grad=True)
    moving, reference = film('moving', 2, 8, 8, 1), film('reference', 1, 8, 8, 1)
    aligned = seen_through(moving, theta)
    loss, _, _ = loss_of(aligned, reference)
    loss.backward()
    return {'theta': numbers(theta), 'aligned': numbers(to_ours(aligned)), 'loss': loss.item(), 'gradient': numbers(theta.grad)}

def one_step(size=64, batch=2):
    # 'step19': of 120 names tried, the one whose activations keep farthest (1.5e-5) from the kink of a ReLU; one unit of the
    # last block on the other side moves every gradient below it by a percent
    body, head = resnet18(weights=None), nn.Linear((size // 32) ** 2 * 512, 6)
    del body.fc
    body.conv1 = nn.Conv2d(1, 64, 7, 2, 3, bias=False)
    fill(body, 'body.')
    fill(head, 'head.')
    body.train()
    moving, reference = smooth_films('step19.moving', batch, size), smooth_films('step19.reference', 1, size)
    h = body.maxpool(body.relu(body.bn1(body.conv1(moving))))
    for layer in (body.layer1, body.layer2, body.layer3, body.layer4): h = layer(h)
    raw = head(to_ours(h).reshape(batch, -1))
    theta = LIMIT * torch.tanh(raw / (LIMIT * head.in_features ** 0.5)) + torch.tensor([1., 0, 0, 0, 1, 0])
    loss, pixel, feature = loss_of(seen_through(moving, theta), reference)
    loss.backward()
    named = {f'body.{n}': p for n, p in body.named_parameters()} | {f'head.{n}': p for n, p in head.named_parameters()}
    norm = torch.nn.utils.clip_grad_norm_(named.values(), CLIP)
    determinant = (theta[:, 0] * theta[:, 4] - theta[:, 1] * theta[:, 3]).mean()
    return {
        'size': size, 'batch': batch, 'theta': numbers(theta),
        'logs': {'loss': loss.item(), 'pixel': pixel.item(), 'feature': feature.item(), 'determinant': determinant.item(), 'gradNorm': norm.item()},
        'clipped': {n: picks(filter_to_ours(p.grad)) for n, p in named.items()},
        'updates': {f'body.{n}': picks(t) for n, t in body.named_buffers() if 'running' in n},
    }

write('packages/align/src/fixtures/torch-align.json', {'generator': 'tools/oracles/align_loss.py', 'loss': plain_loss(), 'throughTheta': through_theta(), 'step': one_step()})
