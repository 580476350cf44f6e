/** radiograft run packages/cli/src/testing/trained.ts · seconds · a network of one layer: what tests of profile and --precision run. */
import { Dataset, Pipeline } from '@radiograft/pipeline'
import { feed, train } from './trained/stages.ts'

export default Pipeline.make({
  name: 'trained',
  doc: 'Numbers, and a convolution that learns from them.',
  datasets: { films: Dataset },
  params: { numbers: 6, steps: 1000 },
  paramDocs: { numbers: 'how many numbers', steps: 'training steps' },
  presets: { quick: { precision: 'bf16' }, default: {}, paper: { precision: 'auto' } },
  axes: { twice: ['off', 'on'] },
  cell: (g, data, p, at) => {
    const { table } = g('feed', feed, {}, { numbers: p.numbers })
    return g('train', train, { table }, { steps: p.steps, channels: at.twice === 'on' ? 16 : 8 })
  },
  gather: (g, cells) => ({ curves: cells.map((cell) => cell.out.curves) }),
})
