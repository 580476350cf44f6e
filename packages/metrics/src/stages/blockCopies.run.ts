// Entry of `block-copies`. A film that was not looked at is not exported either: that stops the stage.
import type { Film, RunOf, Table } from '@radiograft/pipeline'
import { MetricError } from '../MetricError.ts'
import type { blockCopies } from './blockCopies.ts'
import { copyReasons, readScores, reasonColumns } from './neighboursTable.ts'

export const run: RunOf<typeof blockCopies> = ({ params, inputs, ctx }) => {
  const { generated, scores, neighbours, provenance, metrics } = inputs
  const { films: looked, copies } = readScores(scores)
  const unseen = generated.ids.filter((id) => !looked.has(id))
  if (unseen.length > 0)
    throw new MetricError(
      'scores',
      `${unseen.length} generated films were not looked at, such as ${unseen[0]}: measure memorisation of the films to be exported`,
    )
  const blocked = generated.ids.filter((id) => copies.has(id))
  const kept = generated.ids.filter((id) => !copies.has(id))
  if (blocked.length > 0)
    ctx.warn(
      kept.length === 0
        ? `all ${generated.size} films are near copies of training films: none is exported`
        : `${blocked.length} near copies of training films are not exported`,
    )

  // one beginning for all, so that their order stays
  const marked = kept.every((id) => id.startsWith(params.mark))
  async function* films(): AsyncGenerator<Film> {
    for (const [i, id] of kept.entries()) {
      const [pixels] = await generated.rows([generated.indexOf(id)])
      yield { id: marked ? id : `${params.mark}${id}`, pixels: pixels! }
      ctx.progress(i + 1, kept.length)
    }
  }
  const { height, width } = generated
  const training = provenance.flat().filter(({ role }) => role === 'training')
  const count = (of: (row: (typeof training)[number]) => string): number => new Set(training.map(of)).size
  const checks = metrics.flat().filter(({ metric }) => metric.startsWith('memorised-'))
  return {
    exported: { height, width, storage: 'uint16', films: films() },
    blocked: {
      title: 'Generated films that are not exported',
      rows: 'P10',
      columns: [...reasonColumns],
      cells: copyReasons(neighbours, blocked),
      note: 'Each lies nearer to a training film than all but a share `rate` of the films of unseen patients do.',
    },
    card: card([
      ['what it is', 'synthetic chest films: no film of a person, not for diagnosis'],
      ['mark', `every id begins with ${params.mark}`],
      ['generator', params.generator],
      ['films', kept.length],
      ['size in pixels', `${height} x ${width}`],
      [
        'films its training saw',
        training.length === 0 ? 'not known: no provenance was given' : count(({ film }) => film),
      ],
      ['patients among them', training.length === 0 ? 'not known' : count(({ patient }) => patient)],
      ['check: near copies of training films', `${blocked.length} of ${generated.size} blocked`],
      ...checks.map(({ arm, metric, value }): [string, string] => [
        `check: ${metric} (${arm})`,
        Number.isNaN(value)
          ? 'cannot be told: too few patients for the near copies that there are'
          : value === 0
            ? 'passed'
            : 'failed: more films copy than chance explains, or the set as a whole is too near',
      ]),
      ...(checks.length === 0 ? [['check: memorisation', 'not given'] as const] : []),
    ]),
  }
}

const card = (cells: ReadonlyArray<readonly [string, string | number]>): Table => ({
  title: 'Data card of the exported films',
  rows: 'P10',
  columns: ['what', 'value'],
  cells,
  note: 'That no near copy was found is no proof of anonymity: it says that none is nearer to a training film than unseen films are.',
})
