/** radiograft run packages/cli/src/testing/scored.ts · a second · films, a network, curves and scores a film: what tests of show and compare run. */
import { Dataset, Pipeline } from '@radiograft/pipeline'
import { compareArms } from '@radiograft/metrics/stages'
import { judge, make } from './scored/stages.ts'

export default Pipeline.make({
  name: 'scored',
  doc: 'Films, and models that are judged on them.',
  datasets: { films: Dataset },
  params: { films: 12, bias: 0, leak: false, birth: 40 },
  paramDocs: {
    films: 'how many films',
    bias: 'added to every score',
    leak: 'tests on every film, of which all but the first were trained on',
    birth: 'age of the first patient: another one makes other patients',
  },
  presets: { quick: { axes: { fold: [0] } }, default: {}, paper: {} },
  axes: { fold: [0, 1, 2] },
  cell: (g, data, p, at) => {
    const made = g('make', make, {}, { films: p.films, birth: p.birth })
    return {
      made,
      judged: g('judge', judge, { cohort: made.cohort }, { fold: at.fold, bias: p.bias, swap: p.leak }),
    }
  },
  gather: (g, cells) => ({
    metrics: g(
      'compare-arms',
      compareArms,
      { arms: cells.map((cell) => cell.out.judged.scores) },
      { names: cells.map(() => 'model'), resamples: 200 },
    ).metrics,
    curves: cells[0]!.out.made.curves,
    network: cells[0]!.out.made.network,
    films: cells[0]!.out.made.films,
  }),
})
