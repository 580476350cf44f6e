// Entry of `judge-audits`. An alarm is said at once, too: a reader should know before the report is open.
import type { RunOf } from '@radiograft/pipeline'
import type { Audit } from './Audit.ts'
import { auditAlarms } from './auditAlarms.ts'
import type { judgeAudits } from './judgeAudits.ts'

/** Leads what a reader must not miss. */
const order = ['alarm', 'cannot tell', 'not measured', 'quiet'] as const
/** Controls come last, whatever is found of them. */
const rank = ({ verdict, control }: Audit): number => order.indexOf(verdict) + (control ? order.length : 0)

/** Three digits, and a minus that is one. */
const digits = (value: number): string => {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  const text = size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size.toFixed(2)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

/** Such as `1.04 [0.98, 1.10] dB`; a count is whole and has no interval. */
const figureOf = ({ value, low, high, unit }: Audit): string => {
  if (Number.isNaN(value)) return '–'
  const figure = Number.isNaN(low) ? String(value) : `${digits(value)} [${digits(low)},\u00a0${digits(high)}]`
  return unit === '' ? figure : `${figure} ${unit}`
}

export const run: RunOf<typeof judgeAudits> = ({ inputs, ctx }) => {
  const { metrics, provenance, split, pairs, synthetic } = inputs
  const audits = auditAlarms({
    metrics: metrics.flat(),
    provenance,
    split,
    ...(pairs ? { pairs } : {}),
    ...(synthetic ? { synthetic: synthetic.ids } : {}),
  }).toSorted((a, b) => rank(a) - rank(b))
  const own = audits.filter(({ control }) => !control)
  for (const { audit, verdict, advice } of own) if (verdict === 'alarm') ctx.warn(`audit: ${audit}. ${advice}`)
  const alarms = own.filter(({ verdict }) => verdict === 'alarm').length
  return {
    audits: {
      title: 'Audits: what may be wrong with this run',
      rows: 'G16',
      // not `verdict`: tables with such a column are printed as claims
      columns: ['suspicion', 'result', 'what was measured', 'found', 'counted', 'rule', 'what to do', 'rows'],
      cells: audits.map((audit) => [
        audit.audit,
        audit.control ? `${audit.verdict} (control)` : audit.verdict,
        audit.measure,
        figureOf(audit),
        audit.n === 0 ? '–' : `${audit.n} ${audit.counted}`,
        audit.rule,
        audit.advice,
        audit.rows,
      ]),
      note:
        `${alarms === 0 ? 'None' : alarms} of ${own.length} suspicions ${alarms > 1 ? 'are' : 'is'} confirmed (alarm). ` +
        (own.length < audits.length
          ? `${audits.length - own.length} more lines are of a control, which is to alarm. `
          : '') +
        'Quiet: surely not to the degree of the rule. Cannot tell: the interval holds both. Surely: with the whole interval, of 95 % over patients (of shares, Wilson’s), in ' +
        'brackets. x is a film, G(x) what the generator makes of it. A result holds for the films of this run and the training seed of its generator, in brackets where there are several.',
    },
  }
}
