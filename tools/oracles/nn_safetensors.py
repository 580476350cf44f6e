"""python tools/oracles/nn_safetensors.py: the reference reader and writer of safetensors. A file of every number type and one
of 16-bit floats, as Python writes them; mutilated files, and whether Python reads each; a network whose state dict, saved by
Python, is loaded strictly and applied. Weights and films come from the formula and are not stored."""
import base64, hashlib, random
from collections import OrderedDict
import safetensors, torch
from safetensors.torch import load, save
from torch import nn
from nn_formula import film, formula, numbers, write

torch.use_deterministic_algorithms(True)

# every type, in the shapes that go wrong: a scalar, an empty tensor, an odd number of bytes, names that JSON escapes
TYPES = {
    'counter': torch.tensor(7, dtype=torch.int64), 'u64': torch.tensor([2**63 + 1], dtype=torch.uint64),
    'f64': torch.tensor([0.1, -2.5], dtype=torch.float64), 'f32': torch.tensor([[0.1, -2.5], [float('inf'), -0.0]]),
    'empty': torch.zeros(0, 3), 'quote " \n ü': torch.tensor([1.5]),
    'u32': torch.tensor([2**32 - 1], dtype=torch.uint32), 'i32': torch.tensor([-7], dtype=torch.int32),
    'bf16': torch.tensor([0.1, 3e38]).bfloat16(), 'f16': torch.tensor([0.1, 6e-8, 65504.0]).half(),
    'u16': torch.tensor([65535], dtype=torch.uint16), 'i16': torch.tensor([-300], dtype=torch.int16),
    'i8': torch.tensor([-5], dtype=torch.int8), 'u8': torch.tensor([1, 2, 255], dtype=torch.uint8),
    'bool': torch.tensor([True, False]),
}
value = lambda t: [str(v) for v in t.reshape(-1).tolist()]
types_bytes = save(TYPES, {'format': 'pt'})

# around every border of half and bfloat16: ties, subnormals, overflow
edges = [0.0, -0.0, 1.0, 1 + 2**-11, 1 + 3 * 2**-11, 1 + 2**-11 + 2**-20, 2**-14, 2**-14 - 2**-25, 2**-24, 2**-25, 2**-25 * 1.0001,
         3 * 2**-25, 65504.0, 65519.99, 65520.0, 1e6, -1e6, 1 + 2**-8, 1 + 3 * 2**-8, 3.3895e38, 3.4e38, 1e-40, float('inf'), -float('inf')]
edges = torch.tensor(edges)
bits = lambda t: [v & 0xFFFF for v in t.view(torch.int16).tolist()]

# mutilations of a small honest file, and whether Python still reads it
rng = random.Random(7)
honest = save({'a.weight': torch.arange(6.).reshape(2, 3), 'b.bias': torch.arange(4.), 'n': torch.tensor(3)}, {'format': 'pt'})
n_header = int.from_bytes(honest[:8], 'little')

def mutate():
    """[edits as [at, byte], length]: a few bytes changed, mostly in the header, or the file cut or lengthened."""
    edits, length = [], len(honest)
    kind = rng.random()
    if kind < 0.1: length = rng.randrange(len(honest) + 8)
    elif kind < 0.2: edits = [[rng.randrange(8), rng.randrange(256)]]
    elif kind < 0.35: edits = [[rng.randrange(8 + n_header, len(honest)), rng.randrange(256)]]
    elif kind < 0.5:
        letters = [i for i in range(8, 8 + n_header) if chr(honest[i]).isalpha()]
        edits = [[rng.choice(letters), ord(rng.choice('abnpt_.'))]]
    elif kind < 0.75:
        digits = [i for i in range(8, 8 + n_header) if chr(honest[i]).isdigit()]
        edits = [[i, ord(rng.choice('0123456789-.'))] for i in rng.sample(digits, rng.randrange(1, 4))]
    else: edits = [[rng.randrange(8, 8 + n_header), ord(rng.choice('{}[]",:ab0159 \\F'))] for _ in range(rng.randrange(1, 3))]
    return edits, length

def mutated(edits, length):
    b = bytearray((honest + bytes(8))[:length])
    for at, byte in edits:
        if at < len(b): b[at] = byte
    return bytes(b)

def reads(b):
    try:
        load(b)
        return True
    except Exception:
        return False

mutations = []
for _ in range(300):
    edits, length = mutate()
    mutations.append({'edits': edits, 'length': length, 'reads': reads(mutated(edits, length))})


# a network of every layer that has parameters; the map before the flattening has more than one pixel
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(4, 6, 3, 2, 1, bias=False), nn.BatchNorm2d(6)
        self.downsample = nn.Sequential(nn.Conv2d(4, 6, 1, 2, bias=False), nn.BatchNorm2d(6))

    def forward(self, x):
        return torch.relu(self.bn1(self.conv1(x)) + self.downsample(x))


def network():
    return nn.Sequential(OrderedDict([
        ('conv', nn.Conv2d(2, 4, 3, 1, 1, padding_mode='reflect')), ('norm', nn.BatchNorm2d(4)), ('relu', nn.ReLU()),
        ('block', Block()), ('up', nn.ConvTranspose2d(6, 3, 3, 2, 1, 1)), ('inorm', nn.InstanceNorm2d(3, affine=True)),
        ('pool', nn.MaxPool2d(3, 2, 1)), ('flat', nn.Flatten()), ('fc', nn.Linear(4 * 5 * 3, 60)), ('act', nn.ReLU()),
        ('fc2', nn.Linear(60, 2)),
    ]))


def exported(made):
    """The state dict without counters as a file, and what a fresh network gives that has loaded it strictly."""
    state = {n: t.contiguous() for n, t in made().state_dict().items() if not n.endswith('num_batches_tracked')}
    # values by the formula in torch's own order, so that nothing here knows of ours
    state = {n: formula(n, tuple(t.shape), 0.3, 1.0 if n.endswith('running_var') else 0.0) for n, t in state.items()}
    data, net = save(state, {'format': 'pt'}), made()
    net.load_state_dict(load(data), strict=True)
    net.eval()
    x = film('exported.x', 2, 8, 10, 2)
    with torch.no_grad(): y = net(x)
    return {'shapes': {n: list(t.shape) for n, t in state.items()}, 'sha256': hashlib.sha256(data).hexdigest(), 'y': numbers(y)}


HEAD = {'generator': 'tools/oracles/nn_safetensors.py', 'safetensors': safetensors.__version__}
write('packages/safetensors/src/fixtures/python.json', {
    **HEAD,
    'types': {
        'base64': base64.b64encode(types_bytes).decode(),
        'tensors': {n: {'dtype': str(t.dtype), 'shape': list(t.shape), 'values': value(t)} for n, t in TYPES.items()},
    },
    'halves': {'values': [str(v) for v in edges.tolist()], 'f16': bits(edges.half()), 'bf16': bits(edges.bfloat16())},
    'mutations': {'base64': base64.b64encode(honest).decode(), 'cases': mutations},
})
write('packages/nn/src/weights/fixtures/stateDict.json', {**HEAD, **exported(network)})
