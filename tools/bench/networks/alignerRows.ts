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
  },
]
