"""What the PyTorch peers share: formula weights, memory format, torch.compile, autocast. Loaded by the peers beside it."""
import contextlib
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE.parents[2] / 'oracles'))
os.environ.setdefault('TORCHINDUCTOR_COMPILE_THREADS', '1')  # no pool of compiling processes beside the one that is timed

import torch  # noqa: E402
from nn_formula import filter_from_ours, filter_to_ours, formula, scale_of  # noqa: E402


def set_up(settings):
    torch.set_num_threads(settings['threads'])
    torch.manual_seed(0)


def versions():
    import torchvision
    return dict(PyTorch=torch.__version__, torchvision=torchvision.__version__)


def layout(settings, module_or_tensor):
    last = settings.get('layout') == 'channels-last'
    return module_or_tensor.to(memory_format=torch.channels_last if last else torch.contiguous_format)


def compiled(settings, module):
    return torch.compile(module) if settings.get('mode') == 'compile' else module


def autocast(settings):
    """bf16 as a PyTorch user has it: autocast around the forward passes, parameters and optimiser in float32."""
    return torch.autocast('cpu', torch.bfloat16) if settings.get('precision') == 'bf16' else contextlib.nullcontext()


def parameters(module):
    return sum(p.numel() for p in module.parameters())


def fill_as(module, our_name):
    """Every parameter and buffer by the formula of its name on our side."""
    with torch.no_grad():
        for name, t in [*module.named_parameters(), *module.named_buffers()]:
            if not name.endswith('num_batches_tracked'):
                shape = tuple(filter_to_ours(t).shape)
                t.copy_(filter_from_ours(formula(our_name(name), shape, *scale_of(our_name(name), shape))))
