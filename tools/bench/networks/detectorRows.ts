// The rows of the detector: training steps and inference against torchvision's RetinaNet.
import type { Row } from '../Row.ts'
import { allocators } from './allocators.ts'
import { torchChoices, torchInferenceChoices } from './torchChoices.ts'

const sizes = [
  { size: 128, batch: 8, channels: 64 },
  { size: 256, batch: 4, channels: 256 },
] as const
const smoke = { size: 64, batch: 1, channels: 8 }
const textOf = ({ size, batch, channels }: (typeof sizes)[number]): string =>
  `${size}², batch ${batch}, heads of ${channels} channels${channels === 64 ? ' (the default)' : ''}`

export const detectorRows: ReadonlyArray<Row> = sizes.flatMap((settings): ReadonlyArray<Row> => [
  {
    name: `detector-step-${settings.size}`,
    group: 'Detector: RetinaNet, ResNet-18, P3 to P7',
    title: `training, ${textOf(settings)}, targets included`,
    unit: 'step',
    shown: 'seconds',
    settings,
    ours: { program: 'networks/detectorStep.ts', refinements: allocators },
    peers: [
      {
        name: 'torchvision',
        program: 'networks/detector_step.py',
        limit: 1,
        choices: torchChoices,
        refinements: allocators,
      },
    ],
    smoke,
  },
  {
    name: `detector-inference-${settings.size}`,
    group: 'Detector: RetinaNet, ResNet-18, P3 to P7',
    title: `inference, ${textOf(settings)}, decoding and suppression included`,
    unit: 'film',
    shown: 'rate',
    settings,
    ours: { program: 'networks/detectorInference.ts', refinements: allocators },
    peers: [
      {
        name: 'torchvision',
        program: 'networks/detector_inference.py',
        limit: 1,
        choices: torchInferenceChoices,
        refinements: allocators,
      },
    ],
    smoke,
  },
])
