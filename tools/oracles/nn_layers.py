"""python tools/oracles/nn_layers.py: torch's answers for each layer, forward and gradients, with weights from the formula."""
import math
import torch
from torch import nn
from torch.nn import functional as F
from nn_formula import film, fill, filter_to_ours, formula, numbers, to_ours, write

torch.use_deterministic_algorithms(True)


class EqualisedConv(nn.Conv2d):
    def forward(self, x):
        return F.conv2d(x, self.weight * math.sqrt(2 / self.weight[0].numel()), self.bias, padding=1)


class EqualisedLinear(nn.Linear):
    def forward(self, x):
        return F.linear(x, self.weight / math.sqrt(self.in_features), self.bias)


class PixelNorm(nn.Module):
    def forward(self, x):
        return x / (x ** 2).mean(1, keepdim=True).add(1e-8).sqrt()


class MinibatchStd(nn.Module):
    """Groups of four: films i, i + M, i + 2M, i + 3M of M groups."""

    def forward(self, x):
        n, m = len(x), len(x) // 4
        std = torch.stack([x[g::m].var(0, correction=0).add(1e-8).sqrt().mean() for g in range(m)])
        return torch.cat([x, std.repeat(4).view(n, 1, 1, 1).expand(n, 1, *x.shape[2:])], 1)


conv = lambda **k: nn.Conv2d(3, 4, **k)
CASES = {
    'conv-k3-s1-p1': (conv(kernel_size=3, padding=1), (2, 5, 6, 3)),
    'conv-k3-s2-p1-even': (conv(kernel_size=3, stride=2, padding=1), (2, 6, 6, 3)),
    'conv-k3-s2-p1-odd': (conv(kernel_size=3, stride=2, padding=1), (2, 5, 7, 3)),
    'conv-k4-s2-p1': (conv(kernel_size=4, stride=2, padding=1), (2, 6, 6, 3)),
    'conv-k4-s1-p1': (conv(kernel_size=4, padding=1), (2, 5, 6, 3)),
    'conv-k7-s2-p3': (conv(kernel_size=7, stride=2, padding=3), (1, 10, 10, 3)),
    'conv-k1-s2-p0': (conv(kernel_size=1, stride=2), (2, 6, 6, 3)),
    'conv-reflect-p3': (conv(kernel_size=7, padding=3, padding_mode='reflect'), (1, 8, 6, 3)),
    'conv-reflect-p1-s2': (conv(kernel_size=3, padding=1, stride=2, padding_mode='reflect'), (1, 8, 6, 3)),
    'tconv-k3-s2-p1-op1': (nn.ConvTranspose2d(3, 4, 3, 2, 1, output_padding=1), (2, 3, 4, 3)),
    'tconv-k4-s2-p1': (nn.ConvTranspose2d(3, 4, 4, 2, 1), (2, 3, 4, 3)),
    'tconv-k4-s1-p0': (nn.ConvTranspose2d(3, 4, 4), (2, 1, 1, 3)),
    'tconv-k2-s2-op1': (nn.ConvTranspose2d(3, 4, 2, 2, output_padding=1), (1, 3, 3, 3)),
    'instance-norm': (nn.InstanceNorm2d(3, affine=True), (2, 4, 5, 3)),
    'batch-norm-train': (nn.BatchNorm2d(3), (2, 4, 5, 3)),
    'batch-norm-eval': (nn.BatchNorm2d(3).eval(), (2, 4, 5, 3)),
    'max-pool-even': (nn.MaxPool2d(3, 2, 1), (2, 6, 6, 3)),
    'max-pool-odd': (nn.MaxPool2d(3, 2, 1), (2, 5, 7, 3)),
    'avg-pool': (nn.AvgPool2d(2), (2, 4, 6, 3)),
    'dense': (nn.Linear(5, 3), (4, 5)),
    'equalised-conv': (EqualisedConv(3, 4, 3), (2, 5, 6, 3)),
    'equalised-dense': (EqualisedLinear(5, 3), (4, 5)),
    'pixel-norm': (PixelNorm(), (2, 3, 4, 3)),
    'minibatch-std': (MinibatchStd(), (8, 2, 3, 3)),
}
cases = {}
for name, (m, shape) in CASES.items():
    fill(m)
    x = (film(f'{name}.x', *shape) if len(shape) == 4 else formula(f'{name}.x', shape)).requires_grad_()
    y = m(x)
    ours = to_ours(y)
    # a loss that weights every output differently
    (ours * formula(f'{name}.dy', tuple(ours.shape))).sum().backward()
    case = {'inputShape': shape, 'outputShape': list(ours.shape), 'y': numbers(ours), 'dx': numbers(to_ours(x.grad))}
    case['gradients'] = {n: numbers(filter_to_ours(p.grad)) for n, p in m.named_parameters()}
    if name == 'batch-norm-train':
        case['updates'] = {'running_mean': numbers(m.running_mean), 'running_var': numbers(m.running_var)}
    cases[name] = case
write('packages/nn/src/layers/fixtures/torch-layers.json', {'generator': 'tools/oracles/nn_layers.py', 'cases': cases})
