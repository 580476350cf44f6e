"""PyTorch's side of the detector's training rows: torchvision's own training call, targets included, clipping and Adam."""
import math

from torch_side import parameters, set_up, versions
import torch
from torch.nn import functional as F
from detector_model import detector_films, retina_net
from side import serve


def prepare(settings):
    set_up(settings)
    model = retina_net(settings).train()
    films, targets, classes = detector_films(settings['size'], settings['batch'])
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)

    def unit():
        optimiser.zero_grad(set_to_none=True)
        losses = model(films, targets)
        film = F.cross_entropy(model.backbone.film_logits, classes)
        loss = losses['classification'] + losses['bbox_regression'] + 0.1 * film
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 10)
        optimiser.step()
        logs = torch.stack([loss, losses['classification'], losses['bbox_regression'], film, norm]).tolist()
        return dict(zip(('loss', 'classification', 'regression', 'global', 'gradNorm'), logs))

    size = settings['size']
    anchors = 9 * sum(math.ceil(size / 2**level) ** 2 for level in range(3, 8))
    return dict(same=dict(parameters=parameters(model), anchors=anchors), versions=versions(), unit=unit)


serve(prepare)
