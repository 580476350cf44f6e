// The rows of the progressive GAN's step at two resolutions, channels as the pipeline's default has them.
import type { Row } from '../Row.ts'
import { allocators } from './allocators.ts'

const pgganRow = (size: number, batch: number): Row => ({
  name: `pggan-${size}`,
  group: 'Progressive GAN step: critic, average and generator',
  title: `${size}², batch ${batch}, maps of 64 channels at most, WGAN-GP, fp32`,
  unit: 'step',
  shown: 'seconds',
  settings: { size, batch, latent: 128, largest: 64 },
  ours: { program: 'networks/pggan.ts', refinements: allocators },
  peers: [
    {
      name: 'PyTorch',
      program: 'networks/pggan.py',
      limit: 1,
      choices: [{ layout: 'contiguous' }, { layout: 'channels-last' }],
      refinements: allocators,
    },
  ],
  smoke: { size: 8, batch: 4, latent: 8, largest: 8 },
  because: () => 'PyTorch runs without `torch.compile`, which has no second derivatives.',
})

export const pgganRows: ReadonlyArray<Row> = [pgganRow(64, 16), pgganRow(128, 8)]
