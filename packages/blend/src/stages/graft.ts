// Copies the donor's pixels into every box of a film and blends the seam away (G8): I_b of the paper.
import { Boxes, Films, Pairs, Stage } from '@radiograft/pipeline'
import { rankParam } from './neighbourParams.ts'

export const graft = Stage.make({
  name: 'graft',
  doc: 'Films, their boxes and donors to pasted and Poisson-blended films.',
  rows: ['G8'],
  resource: 'light',
  pure: true,
  params: { rank: rankParam },
  inputs: { films: Films, boxes: Boxes, pairs: Pairs },
  outputs: { pasted: Films, blended: Films },
  entry: Stage.entry(import.meta.url, './graft.run'),
})
