"""PyTorch's side of the aligner's rows: a spatial transformer with a ResNet-18, affine_grid and grid_sample, and the loss of
packages/align (two fixed convolutions and the root of the mean squared error of each film)."""
from torch_side import autocast, compiled, fill_as, layout, parameters, set_up, versions
import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet18
from nn_formula import film
from side import serve

LIMIT = 0.5


class SpatialTransformer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.body = resnet18(weights=None)
        self.body.conv1 = nn.Conv2d(1, 64, 7, 2, 3, bias=False)
        self.body.avgpool, self.body.fc = nn.Identity(), nn.Identity()
        self.head = nn.Linear((size // 32) ** 2 * 512, 6)
        self.register_buffer('identity', torch.tensor([1.0, 0, 0, 0, 1, 0]), persistent=False)

    def forward(self, x):
        h = self.body(x).view(len(x), 512, -1).transpose(1, 2).flatten(1)  # our order: row, column, channel
        return LIMIT * torch.tanh(self.head(h) / (LIMIT * self.head.in_features ** 0.5)) + self.identity


class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 16, 3, 2, 1, bias=False), nn.Conv2d(16, 32, 3, 2, 1, bias=False)

    def forward(self, x):
        return F.relu(self.conv2(F.relu(self.conv1(x))))


class Aligner(nn.Module):
    """Films and reference to the loss and its parts."""

    def __init__(self, size):
        super().__init__()
        self.aligner, self.features = SpatialTransformer(size), Features().requires_grad_(False)

    def forward(self, moving, reference):
        theta = self.aligner(moving)
        grid = F.affine_grid(theta.view(-1, 2, 3), list(moving.shape), align_corners=False)
        aligned = F.grid_sample(moving, grid, padding_mode='border', align_corners=False)
        pixel = (aligned - reference).square().mean((1, 2, 3)).add(1e-12).sqrt().mean()
        feature = (self.features(aligned) - self.features(reference)).square().mean()
        determinant = (theta[:, 0] * theta[:, 4] - theta[:, 1] * theta[:, 3]).mean()
        return pixel + feature, pixel, feature, determinant


def our_name(name):
    return 'kept' if name.endswith('identity') else name


def prepare(settings):
    set_up(settings)
    size, batch = settings['size'], settings['batch']
    model = Aligner(size)
    identity = model.aligner.identity.clone()
    fill_as(model, our_name)
    model.aligner.identity.copy_(identity)
    model = layout(settings, model).train()
    learned = list(model.aligner.parameters())
    optimiser = torch.optim.Adam(learned, lr=1e-4, fused=True)
    moving, reference = (
        layout(settings, F.interpolate(film(name, n, 16, 16, 1), size=(size, size), mode='nearest'))
        for name, n in (('moving', batch), ('reference', 1))
    )
    run = compiled(settings, model)

    def unit():
        optimiser.zero_grad(set_to_none=True)
        with autocast(settings):
            loss, pixel, feature, determinant = run(moving, reference)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(learned, 1)
        optimiser.step()
        logs = torch.stack([loss, pixel, feature, determinant, norm]).tolist()
        return dict(zip(('loss', 'pixel', 'feature', 'determinant', 'gradNorm'), logs))

    return dict(same=dict(parameters=parameters(model.aligner)), versions=versions(), unit=unit)


serve(prepare)
