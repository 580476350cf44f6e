// Entry of `judge-controls`. An order that does not hold is said at once: it wants an experiment that explains it.
import type { RunOf } from '@radiograft/pipeline'
import { controlLines } from './controlLines.ts'
import type { judgeControls } from './judgeControls.ts'
import { orderName, orders } from './orders.ts'

const orNull = (x: number | undefined): number | null => (x !== undefined && Number.isFinite(x) ? x : null)
const digits = (x: number): string => `${x > 0 ? '+' : ''}${x.toFixed(3)}`

const columns = [
  'claim',
  'verdict',
  'why',
  'source',
  'ours',
  'gain',
  'low',
  'high',
  'simultaneous low',
  'simultaneous high',
  'p by Holm',
  'smallest difference',
  'n',
] as const

export const run: RunOf<typeof judgeControls> = ({ params, inputs, ctx }) => {
  const lines = controlLines(inputs.metrics.flat(), orders, params)
  const cells = lines.map(({ order, ours, verdict, caveat }) => {
    const { value, low, high, simultaneous, pHolm, smallest, n } = ours
    const [from, to] = simultaneous ? [simultaneous.low, simultaneous.high] : [low, high]
    const range = Number.isFinite(from) && Number.isFinite(to) ? ` [${digits(from)}, ${digits(to)}]` : ''
    const words = `${digits(value)}${range}${caveat === '' ? '' : `, ${caveat}`}`
    if (verdict === 'against expectation') ctx.warn(`control: ${orderName(order)} does not hold: ${words}`)
    return [
      orderName(order),
      verdict,
      order.why,
      order.source,
      words,
      value,
      ...[low, high, simultaneous?.low, simultaneous?.high, pHolm, smallest].map(orNull),
      n,
    ]
  })
  const fixed = lines.filter(({ order }) => order.expected !== '?')
  const count = (word: string): number => fixed.filter(({ verdict }) => verdict === word).length
  const open = lines.length - fixed.length
  const lacking = orders.length - lines.length
  return {
    controls: {
      title: 'What the effect is owed to',
      rows: 'G15, G22, G30, G32',
      columns: [...columns],
      cells,
      note:
        `${count('as expected')} of ${fixed.length} orders are as expected, ${count('against expectation')} against expectation, ` +
        `${count('cannot tell')} this run cannot tell` +
        (open === 0 ? '' : `; of ${open} more pairs no order is fixed (?), and the verdict says where they lie`) +
        (lacking === 0 ? '. ' : `; ${lacking} have no contrast in this run. `) +
        `Differences are left − right of ${params.metric} on the same test films; judged by the bounds that hold for all contrasts ` +
        'together where they are given, else by the 95 % interval. ' +
        `≥, ≤ and = leave room for ${params.margin}, the paper’s gain of synthesis: less would not matter. ` +
        'Bounds of a difference of two gains are joined from those of both, and too wide rather than too narrow.' +
        (params.seeds < 2 ? ' With one training seed no order is settled.' : ''),
    },
  }
}
