"""torchvision's RetinaNet as packages/detectors has it: ResNet-18 for grey films, P3 to P7, our anchors and box deltas, no
low-quality matches, and the film's class beside the boxes. Shared by detector_step.py and detector_inference.py."""
import re

from torch_side import fill_as, layout
import torch
import torch._inductor.config
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet18
from torchvision.models.detection import RetinaNet
from torchvision.models.detection._utils import BoxCoder, Matcher
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.backbone_utils import BackboneWithFPN
from torchvision.models.detection.retinanet import RetinaNetHead
from torchvision.ops.feature_pyramid_network import LastLevelP6P7
from nn_formula import values

CLASSES = 3
DELTAS = (10.0, 10.0, 5.0, 5.0)
KNEE = 1 / 9
RATIOS, SCALES = (0.5, 1.0, 2.0), (1.0, 2 ** (1 / 3), 2 ** (2 / 3))


class Backbone(BackboneWithFPN):
    """The pyramid, and from the last map the class of the film."""

    def __init__(self, channels):
        body = resnet18(weights=None)
        body.conv1 = nn.Conv2d(1, 64, 7, 2, 3, bias=False)
        layers = {'layer2': '0', 'layer3': '1', 'layer4': '2'}
        super().__init__(body, layers, [128, 256, 512], channels, LastLevelP6P7(512, channels))
        self.film = nn.Linear(2 * 512, CLASSES)

    def forward(self, x):
        maps = self.body(x)
        top = maps['2']
        self.film_logits = self.film(torch.cat([top.mean((2, 3)), top.amax((2, 3))], 1))
        return self.fpn(maps)


class BoxHeadLoss:
    """Smooth L1 with a knee, the mean of the four deltas; torchvision's own has neither."""

    def compute_loss(self, targets, head_outputs, anchors, matched_idxs):
        losses = []
        for target, deltas, boxes, matched in zip(targets, head_outputs['bbox_regression'], anchors, matched_idxs):
            at = torch.where(matched >= 0)[0]
            wanted = self.box_coder.encode_single(target['boxes'][matched[at]], boxes[at])
            losses.append(F.smooth_l1_loss(deltas[at], wanted, reduction='sum', beta=KNEE) / 4 / max(1, at.numel()))
        return sum(losses) / len(targets)


def head(channels):
    made = RetinaNetHead(channels, len(RATIOS) * len(SCALES), 1)
    regression = made.regression_head
    regression.__class__ = type('RegressionHead', (BoxHeadLoss, type(regression)), {})
    regression.box_coder = BoxCoder(DELTAS)
    return made


def anchor_generator():
    made = AnchorGenerator(tuple((2.0 ** (level + 1),) for level in range(3, 8)), (RATIOS,) * 5)
    made.cell_anchors = []
    for level in range(3, 8):
        centre, base = 2 ** level / 2, 2.0 ** (level + 1)  # ours sit in the middle of their cells
        sides = [(base * s / r ** 0.5, base * s * r ** 0.5) for r in RATIOS for s in SCALES]
        made.cell_anchors.append(torch.tensor([[centre - w / 2, centre - h / 2, centre + w / 2, centre + h / 2] for w, h in sides]))
    made.num_anchors_per_location = lambda: [9] * 5
    return made


def our_name(name):
    rules = (
        (r'^backbone\.body\.', 'backbone.'), (r'^backbone\.fpn\.', 'pyramid.'), (r'^backbone\.film\.', 'film.fc.'),
        (r'^head\.classification_head\.conv\.(\d)\.0\.', r'class.conv\1.'), (r'^head\.classification_head\.cls_logits\.', 'class.output.'),
        (r'^head\.regression_head\.conv\.(\d)\.0\.', r'box.conv\1.'), (r'^head\.regression_head\.bbox_reg\.', 'box.output.'),
    )
    for pattern, ours in rules:
        name = re.sub(pattern, ours, name)
    return f'net.{name}'


def retina_net(settings):
    size, channels = settings['size'], settings['channels']
    model = RetinaNet(
        Backbone(channels), num_classes=1, min_size=size, max_size=size, image_mean=[0.5], image_std=[0.5],
        anchor_generator=anchor_generator(), head=head(channels), proposal_matcher=Matcher(0.5, 0.4, allow_low_quality_matches=False),
        score_thresh=0.05, nms_thresh=0.05, detections_per_img=8, _skip_resize=True,
    )
    model.box_coder = BoxCoder(DELTAS)
    fill_as(model, our_name)
    model = layout(settings, model)
    if settings.get('mode') in ('compile', 'compile and freeze'):
        torch._inductor.config.freezing = settings['mode'] == 'compile and freeze'
        model.backbone.compile()
        model.head.compile()
    return model


def detector_films(size, batch):
    """Films in [0, 1] with their targets, as networks/detectorFilms.ts."""
    boxes = torch.tensor([[0.2, 0.3, 0.5, 0.6], [0.55, 0.4, 0.8, 0.75]]) * size
    films = [torch.from_numpy(0.5 + 0.5 * values(f'film.{i}', size * size).reshape(1, size, size)) for i in range(batch)]
    targets = [
        dict(boxes=boxes if i % 2 == 0 else torch.zeros(0, 4), labels=torch.zeros(2 if i % 2 == 0 else 0, dtype=torch.int64))
        for i in range(batch)
    ]
    return films, targets, torch.arange(batch) % CLASSES
