// The rows of the GAN step: generator and discriminator together, in both precisions, at three sizes.
import { hasBf16 } from '../machine.ts'
import type { Row, Settings } from '../Row.ts'
import { allocators } from './allocators.ts'
import { torchChoices } from './torchChoices.ts'

type Precision = 'fp32' | 'bf16'

/** What is claimed of our time over the peer's (issue 7, proof 3). */
const limits = { fp32: { torch: 0.95, eager: 0.8 }, bf16: { torch: 0.9, eager: 0.5 } } as const

const ganRow = (
  name: string,
  title: string,
  precision: Precision,
  settings: Settings & { readonly size: number; readonly batch: number; readonly filters: number },
): Row => ({
  name: `gan-${name}-${precision}`,
  group: 'GAN step: generator and discriminator',
  title: `${settings.size}², batch ${settings.batch}, ${title}, ${precision}`,
  unit: 'step',
  shown: 'seconds',
  settings: { ...settings, precision },
  ours: { program: 'networks/gan.ts', refinements: allocators },
  peers: [
    {
      name: 'PyTorch',
      program: 'networks/gan.py',
      limit: limits[precision].torch,
      choices: torchChoices,
      refinements: allocators,
    },
    // tfjs has no bf16: its own step is fp32, and both losses are held to bf16's tolerance
    {
      name: precision === 'bf16' ? 'eager tfjs-node, fp32' : 'eager tfjs-node',
      program: 'networks/gan.ts',
      settings: { eager: true },
      refinements: allocators,
      limit: limits[precision].eager,
    },
  ],
  smoke: { size: 32, batch: 1, filters: 4, blocks: 1 },
  tolerance: precision === 'bf16' ? 0.05 : 1e-3,
  ...(precision === 'bf16' && { rounds: 3 }),
  cannotRun: (machine) =>
    precision === 'bf16' && settings.filters > 32 && !hasBf16(machine)
      ? 'no bf16 units here, and emulating them is too slow for this size; `--precision auto` takes fp32'
      : undefined,
  because: (_, machine) =>
    precision === 'bf16' && !hasBf16(machine)
      ? 'no bf16 units here: both emulate it; `--precision auto` takes fp32'
      : undefined,
})

const paper = '64 filters, 9 blocks'
const standard = '32 filters, 6 blocks (the default)'
export const ganRows: ReadonlyArray<Row> = (['fp32', 'bf16'] as const).flatMap((precision) => [
  ganRow('64', standard, precision, { size: 64, batch: 8, filters: 32, blocks: 6 }),
  ganRow('128', paper, precision, { size: 128, batch: 4, filters: 64, blocks: 9 }),
  ganRow('256', paper, precision, { size: 256, batch: 1, filters: 64, blocks: 9 }),
])
