// Every film through a fitted generator: pseudo-normals of grafts, or films without their lesions (G9, G10).
import { Schema } from 'effect'
import { Films, Network, param, Stage } from '@radiograft/pipeline'

export const generate = Stage.make({
  name: 'generate',
  doc: 'Films of any size and a generator to what it makes of each, at the generator’s own size or at the films’.',
  rows: ['G9', 'G10'],
  resource: 'compute',
  params: {
    size: param(Schema.Literals(['generator', 'film']), {
      default: 'generator' as const,
      doc: 'side of what comes out: the generator’s own, or the film’s, to which the change that it makes is then added',
    }),
  },
  inputs: { films: Films, generator: Network },
  outputs: { films: Films },
  entry: Stage.entry(import.meta.url, './generate.run'),
})
