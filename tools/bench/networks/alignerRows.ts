// The row of the aligner's step against the same network in PyTorch.
import type { Row } from '../Row.ts'
import { allocators } from './allocators.ts'
import { torchChoices } from './torchChoices.ts'

export const alignerRows: ReadonlyArray<Row> = [
  {
    name: 'aligner-step',
    group: 'Aligner: spatial transformer, ResNet-18',
    title: 'training, 64², batch 16 (the default)',
    unit: 'step',
    shown: 'seconds',
    settings: { size: 64, batch: 16 },
    ours: { program: 'networks/aligner.ts', refinements: allocators },
    peers: [
      { name: 'PyTorch', program: 'networks/aligner.py', limit: 1, choices: torchChoices, refinements: allocators },
    ],
    smoke: { size: 32, batch: 2 },
    because: ([ratio = 0]) =>
      ratio > 1
        ? 'A profile shows memory: Adam writes 11 million weights and their moments to new buffers (13 % of the step), and maps of 2×2 are products with filters of 9 MB (15 %). PyTorch’s Adam works in place.'
        : undefined,
  },
]
