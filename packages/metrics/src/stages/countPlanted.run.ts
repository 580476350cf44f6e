// Entry of `count-planted`. Arms `planted` (copies of training films) and `planted-others` (films of patients in no training).
import { type Films, type MetricRow, metricRow, type RunOf } from '@radiograft/pipeline'
import { clopperPearson } from '../clopperPearson.ts'
import { MetricError } from '../MetricError.ts'
import type { countPlanted } from './countPlanted.ts'
import { reasonColumns } from './neighboursTable.ts'
import { plantedVerdict } from './plantedVerdict.ts'

export const run: RunOf<typeof countPlanted> = ({ params, inputs }) => {
  const { copies, others, blocked } = inputs
  if (copies.length === 0) throw new MetricError('copies', 'hold none: plant one at least')
  if (reasonColumns.some((name, i) => blocked.columns[i] !== name))
    throw new MetricError('blocked', `"${blocked.title}" is not the table of block-copies: wire its blocked films`)
  const reasons = (product: string) => blocked.cells.filter(([film]) => film === product)
  const [passed, exported] = [inputs.passed, inputs.exported].map((films) => idsWithout(films, params.mark))

  const isBlocked = ({ product }: { readonly product: string }): boolean =>
    reasons(product).length > 0 && !passed!.has(product)
  const isNamed = ({ product, film }: (typeof copies)[number]): boolean =>
    reasons(product).some(([, , training]) => training === film)
  const all = [...copies, ...others]
  const shareOf = (arm: string, metric: string, of: typeof copies, has: (row: (typeof copies)[number]) => boolean) =>
    metricRow({ arm, metric, ...clopperPearson(of.filter(has).length, of.length), n: of.length })
  const exportedCopies = all.filter(({ product }) => exported!.has(product)).length
  const metrics: MetricRow[] = [
    shareOf('planted', 'planted-blocked', copies, isBlocked),
    shareOf('planted', 'planted-named', copies, isNamed),
    metricRow({ arm: 'planted', metric: 'planted-exported', value: exportedCopies, n: all.length }),
    ...(others.length > 0 ? [shareOf('planted-others', 'planted-blocked', others, isBlocked)] : []),
  ]
  const { verdict, why } = plantedVerdict({
    copies: copies.length,
    blocked: copies.filter(isBlocked).length,
    named: copies.filter(isNamed).length,
    exported: exportedCopies,
    others: others.length,
    othersBlocked: others.filter(isBlocked).length,
    chance: chanceOf(inputs.metrics),
  })
  return {
    metrics,
    verdicts: {
      title: 'Whether copies of training films are held back',
      rows: 'P10',
      columns: ['rows', 'claim', 'arm', 'verdict', 'because'],
      cells: [['P10', 'Planted copies of training films are blocked, and none is exported.', 'planted', verdict, why]],
    },
    planted: {
      title: 'Films planted among generated ones, and what became of them',
      rows: 'P10',
      columns: [
        'film',
        'shows',
        'patient',
        'blocked',
        'space',
        'nearest training film',
        'distance to it',
        'near below',
      ],
      cells: all.flatMap((one): (string | number | null)[][] => {
        const whose = copies.includes(one) ? 'of training' : 'of no training'
        const found = reasons(one.product)
        const first = [one.product, one.film, whose, isBlocked(one) ? 'yes' : 'no'] as const
        return found.length === 0
          ? [[...first, null, null, null, null]]
          : found.map(([, space, training, distance, below]) => [...first, space!, training!, distance!, below!])
      }),
      note:
        'A control: each shows a real film in another exposure. Those of training must all be blocked, of the others no more than the rate at which ' +
        'near copies are called. They are measured apart from what is exported, and none of them is in it.',
    },
  }
}

/** That an honest film is a near copy: in any of the spaces, at the rate of each. @throws MetricError when the metrics are other ones */
const chanceOf = (metrics: ReadonlyArray<MetricRow>): number => {
  const rate = metrics.find(({ metric }) => metric === 'near-copy-rate')
  if (!rate) throw new MetricError('metrics', 'hold no near-copy-rate: wire those of measure-memorisation')
  return Math.min(1, rate.value * metrics.filter(({ metric }) => metric.startsWith('near-copy-share-')).length)
}

const idsWithout = ({ ids }: Films, mark: string): ReadonlySet<string> =>
  new Set(ids.map((id) => (id.startsWith(mark) ? id.slice(mark.length) : id)))
