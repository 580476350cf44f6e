// What a generator changes: the map that a detector attends to (G15).
import { Films, Network, Stage } from '@radiograft/pipeline'

export const residual = Stage.make({
  name: 'residual',
  doc: 'Films of any size and a generator to |x − G(x)|, x and G(x) in [0, 1], at the generator’s own size.',
  rows: ['G15', 'G16'],
  resource: 'compute',
  params: {},
  inputs: { films: Films, generator: Network },
  outputs: { residuals: Films },
  entry: Stage.entry(import.meta.url, './residual.run'),
})
