// What a generator changes: the map that a detector attends to (G15).
import { Films, Stage } from '@radiograft/pipeline'

export const residual = Stage.make({
  name: 'residual',
  doc: 'Films of any size and what a generator made of them to |x − G(x)|, x and G(x) in [0, 1], at the generator’s size.',
  rows: ['G15', 'G16'],
  resource: 'light',
  pure: true,
  params: {},
  inputs: { films: Films, generated: Films },
  outputs: { residuals: Films },
  entry: Stage.entry(import.meta.url, './residual.run'),
})
