"""PyTorch's side of the detector's inference rows: torchvision's own call, decoding and suppression included."""
import math

from torch_side import parameters, set_up, versions
import torch
from detector_model import detector_films, retina_net
from side import serve


def prepare(settings):
    set_up(settings)
    model = retina_net(settings).eval()
    logits, deltas = model.head.classification_head.cls_logits, model.head.regression_head.bbox_reg
    with torch.no_grad():  # answers of a trained network's size
        logits.bias.fill_(-math.log(0.99 / 0.01))
        logits.weight.mul_(0.02)
        deltas.weight.mul_(0.02)
    films, _, _ = detector_films(settings['size'], settings['batch'])

    @torch.inference_mode()
    def unit():
        found = model(films)
        return dict(detections=sum(len(f['scores']) for f in found), scores=sum(float(f['scores'].sum()) for f in found))

    return dict(same=dict(parameters=parameters(model)), versions=versions(), count=settings['batch'], unit=unit)


serve(prepare)
