// Every film through a fitted generator: pseudo-normals of grafts, or films without their lesions (G9, G10).
import { Films, Network, Stage } from '@radiograft/pipeline'

export const generate = Stage.make({
  name: 'generate',
  doc: 'Films of any size and a generator to what it makes of each, at the generator’s own size.',
  rows: ['G9', 'G10'],
  resource: 'compute',
  params: {},
  inputs: { films: Films, generator: Network },
  outputs: { films: Films },
  entry: Stage.entry(import.meta.url, './generate.run'),
})
