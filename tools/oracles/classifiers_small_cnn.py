"""python tools/oracles/classifiers_small_cnn.py: the small classifier in torch and float64: parameter counts, forward as trained and
as used, both losses, gradients, three steps of Adam with L2; areas under ROC curves by scikit-learn."""
import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional as F
from nn_formula import fill, film, filter_to_ours, formula, numbers, write

torch.use_deterministic_algorithms(True)


class SmallCnn(nn.Module):
    def __init__(self, size, classes, width=16):
        super().__init__()
        depth = int(np.log2(size)) - 1
        channels = [1] + [width * min(2 ** i, 16) for i in range(depth)]
        self.blocks = nn.ModuleList(
            nn.ModuleDict({
                'conv': nn.Conv2d(channels[i], channels[i + 1], 3, 1 if i == 0 else 2, 1, bias=False),
                'norm': nn.BatchNorm2d(channels[i + 1]),
            }) for i in range(depth)
        )
        self.head = nn.Linear(channels[-1], classes)

    def forward(self, x):
        for block in self.blocks:
            x = F.relu(block['norm'](block['conv'](x)))
        features = x.mean((2, 3))
        return features, self.head(features)


B, SIZE, WIDTH, CLASSES = 5, 32, 4, 3


def made():
    net = SmallCnn(SIZE, CLASSES, WIDTH)
    fill(net)
    return net.double()


def picks(t, n=6):
    """n values spread over the row-major tensor, its sum and the sum of magnitudes."""
    flat = t.detach().contiguous().reshape(-1)
    step = max(1, flat.numel() // n)
    return {'picks': numbers(flat[::step][:n]), 'sum': float(flat.sum()), 'size': float(flat.abs().sum())}


unit = lambda name, shape: (formula(name, shape).double() + 1) / 2


def answers(task, i):
    if task == 'classes':
        return F.one_hot((torch.arange(B) * (i + 2)) % CLASSES, CLASSES).double(), unit(f'{i}.weights', (B,)) + 0.5
    targets = (formula(f'{i}.targets', (B, CLASSES)) > 0).double()
    weights = unit(f'{i}.weights', (B, CLASSES)) + 0.5
    return targets, torch.where(formula(f'{i}.known', (B, CLASSES)) > -0.5, weights, 0.0)


def loss_of(task, logits, targets, weights):
    if task == 'classes':
        return (F.cross_entropy(logits, targets.argmax(1), reduction='none') * weights).sum() / B
    each = F.binary_cross_entropy_with_logits(logits, targets, reduction='none')
    return (each * weights).sum() / (weights > 0).sum()


def training(task, lr=1e-3, decay=1e-2):
    net = made()
    opt = torch.optim.Adam(net.parameters(), lr=lr, weight_decay=decay)
    logs, first = [], None
    for i in range(3):
        targets, weights = answers(task, i)
        loss = loss_of(task, net(film(f'{i}.films', B, SIZE, SIZE, 1).double())[1], targets, weights)
        opt.zero_grad()
        loss.backward()
        norm = torch.sqrt(sum((p.grad ** 2).sum() for p in net.parameters())).item()
        logs.append({'loss': loss.item(), 'gradNorm': norm})
        if i == 0:
            first = {n: picks(filter_to_ours(p.grad), 4) for n, p in net.named_parameters()}
        opt.step()
    after = {n: t for n, t in [*net.named_parameters(), *net.named_buffers()] if not n.endswith('tracked')}
    return {
        'learningRate': lr, 'weightDecay': decay, 'logs': logs, 'gradients': first,
        'params': {n: picks(filter_to_ours(t), 4) for n, t in after.items()},
    }


def used():
    net = made().eval()
    x = film('films', B, SIZE, SIZE, 1).double().requires_grad_()
    features, logits = net(x)
    (dx,) = torch.autograd.grad((logits[:, 1] - torch.logsumexp(logits[:, [0, 2]], 1)).sum(), x)
    return {'features': picks(features), 'logits': numbers(logits), 'dx': picks(dx.permute(0, 2, 3, 1), 20)}


def losses(task):
    logits = (3 * formula('logits', (B, CLASSES)).double()).requires_grad_()
    loss = loss_of(task, logits, *answers(task, 0))
    (grad,) = torch.autograd.grad(loss, logits)
    return {'loss': loss.item(), 'gradient': numbers(grad)}


def area(name, n, levels):
    scores = np.round(levels * formula(f'{name}.scores', (n,)).numpy()).astype(int)  # with ties
    having = (formula(f'{name}.having', (n,)).numpy() > 0.2).astype(int)
    return {'scores': scores.tolist(), 'having': having.tolist(), 'auc': roc_auc_score(having, scores)}


write('packages/classifiers/src/fixtures/small-cnn.json', {
    'generator': 'tools/oracles/classifiers_small_cnn.py',
    'shape': {'batch': B, 'size': SIZE, 'width': WIDTH, 'classes': CLASSES},
    'parameters': {str(s): sum(p.numel() for p in SmallCnn(s, 3).parameters()) for s in (32, 64, 100, 128, 256)},
    'used': used(),
    'losses': {task: losses(task) for task in ('classes', 'findings')},
    'training': {task: training(task) for task in ('classes', 'findings')},
    'areas': [area('many ties', 40, 3), area('few ties', 60, 200)],
})
