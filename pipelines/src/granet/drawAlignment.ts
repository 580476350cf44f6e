// Test films before and after alignment, and their mean: where films agree the mean is sharp and they vary little.
import { Schema } from 'effect'
import { Figure, Films, param, Split, Stage } from '@radiograft/pipeline'

export const drawAlignment = Stage.make({
  name: 'draw-alignment',
  doc: 'Test films before and after alignment, with the mean film and the deviation between films of each.',
  rows: ['G5', 'G6'],
  resource: 'light',
  pure: true,
  params: {
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 })), {
      default: 4,
      doc: 'single films shown',
    }),
  },
  inputs: { films: Films, aligned: Films, split: Split },
  outputs: { figure: Figure },
  entry: Stage.entry(import.meta.url, './drawAlignment.run'),
})
