// A lesion put into a film that has none (G22, G30): the donor's pixels inside the donor's boxes, copied into the host and
// blended. The blended films are what the second radio-realistic GAN gets. With `contents` the pixels come from other films
// while the boxes stay: the null control.
import { Boxes, Films, optional, Pairs, Split, Stage } from '@radiograft/pipeline'
import { rankParam } from './neighbourParams.ts'

export const graftLesion = Stage.make({
  name: 'graft-lesion',
  doc: 'Hosts and donors to synthetic films <host>+<donor>: the lesions of the donor in the host, pasted and Poisson-blended.',
  rows: ['G8', 'G22', 'G30'],
  resource: 'light',
  pure: true,
  params: { rank: rankParam },
  inputs: { films: Films, boxes: Boxes, split: Split, pairs: Pairs, contents: optional(Pairs) },
  outputs: { pasted: Films, blended: Films },
  entry: Stage.entry(import.meta.url, './graftLesion.run'),
})
