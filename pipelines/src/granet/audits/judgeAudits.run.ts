// Entry of `judge-audits`. An alarm is said at once, too: a reader should know before the report is open.
import type { RunOf } from '@radiograft/pipeline'
import { auditAlarms } from './auditAlarms.ts'
import type { judgeAudits } from './judgeAudits.ts'

const orNull = (x: number): number | null => (Number.isFinite(x) ? x : null)
/** Leads what a reader must not miss. */
const order = ['alarm', 'cannot tell', 'quiet'] as const

export const run: RunOf<typeof judgeAudits> = ({ inputs, ctx }) => {
  const { metrics, provenance, split, pairs, synthetic } = inputs
  const audits = auditAlarms({
    metrics: metrics.flat(),
    provenance,
    split,
    ...(pairs ? { pairs } : {}),
    ...(synthetic ? { synthetic: synthetic.ids } : {}),
  }).toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  for (const { audit, verdict, advice } of audits) if (verdict === 'alarm') ctx.warn(`audit: ${audit}. ${advice}`)
  const alarms = audits.filter(({ verdict }) => verdict === 'alarm').length
  return {
    audits: {
      title: 'Audits of this run',
      rows: 'G16',
      columns: ['audit', 'rows', 'verdict', 'what was measured', 'value', 'low', 'high', 'n', 'rule', 'what to do'],
      cells: audits.map(({ audit, rows, verdict, measure, value, low, high, n, rule, advice }) => [
        audit,
        rows,
        verdict,
        measure,
        orNull(value),
        orNull(low),
        orNull(high),
        n,
        rule,
        advice,
      ]),
      note:
        `${alarms} of ${audits.length} audits alarm. Intervals are 95 % over patients. A verdict of one run holds for its films ` +
        'and its training seed; “cannot tell” is not “quiet”.',
    },
  }
}
