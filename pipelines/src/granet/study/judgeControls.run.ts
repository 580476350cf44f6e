// Entry of `judge-controls`. An order that does not hold is said at once: it wants an experiment that explains it.
import type { RunOf } from '@radiograft/pipeline'
import { controlLines, type ControlLine } from './controlLines.ts'
import { FLOOR } from './atFloor.ts'
import type { judgeControls } from './judgeControls.ts'
import { orderName, orders } from './orders.ts'

const orNull = (x: number | undefined): number | null => (x !== undefined && Number.isFinite(x) ? x : null)
const digits = (x: number): string => `${x > 0 ? '+' : ''}${x.toFixed(3)}`
/** Such as .016. */
const short = (x: number): string => String(x).replace(/^0\./, '.')

/** What is excluded is a loss of the arm on the left, or with ≤ a gain. */
const wordsOf = ({ order, verdict }: ControlLine, margin: number): string =>
  verdict === 'excluded' ? `${order.expected === '≤' ? 'gain' : 'loss'} of ${short(margin)} excluded` : verdict

/** Where bounds of all contrasts are not given, the cell says so. */
const OURS = 'ours, bounds of all contrasts together'

const columns = [
  'claim',
  'verdict',
  'why',
  'source',
  OURS,
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
  const cells = lines.map((line) => {
    const { order, ours, verdict, caveat } = line
    const { value, low, high, simultaneous, pHolm, smallest, n } = ours
    const [from, to] = simultaneous ? [simultaneous.low, simultaneous.high] : [low, high]
    const known = Number.isFinite(from) && Number.isFinite(to)
    const range = known ? ` [${digits(from)}, ${digits(to)}]${simultaneous ? '' : ' (95 % alone)'}` : ''
    const words = `${digits(value)}${range}${caveat === '' ? '' : `, ${caveat}`}`
    if (verdict === 'against expectation') ctx.warn(`control: ${orderName(order)} does not hold: ${words}`)
    return [
      orderName(order),
      wordsOf(line, params.margin),
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
        `Of ${fixed.length} orders ${count('as expected')} are as expected, of ${count('excluded')} only a difference of ${short(params.margin)} the ` +
        `wrong way is excluded, ${count('against expectation')} are against expectation, ${count('cannot tell')} this run cannot tell` +
        (open === 0
          ? ''
          : `; of ${open} more pairs no order was fixed before a run (?), and the verdict says where they lie`) +
        (lacking === 0 ? '. ' : `; ${lacking} have no contrast in this run. `) +
        `Differences are left − right of ${params.metric} on the same test films; judged by the bounds that hold for all contrasts ` +
        'together where they are given, else by the 95 % interval. ' +
        `“Excluded” is no order shown: arms that are equal come out so too. ${short(params.margin)} is the paper’s gain of synthesis; of attention ` +
        'the paper prints gains of .002 to .044, so that in rows of attention, = included, a loss of all of its .002 would pass. Arms ' +
        `that all lie below ${short(FLOOR)} settle nothing. ` +
        'Bounds of a difference of two gains are joined from those of both, and too wide rather than too narrow.' +
        (params.seeds < 2 ? ' With one training seed no order is settled.' : ''),
    },
  }
}
