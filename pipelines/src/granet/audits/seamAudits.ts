// Can grafts be told from films that were never grafted? By the figures of `paste-forensics`, whose hard-edged pastes are the
// control: a classifier that misses those says nothing by finding nothing.
import type { MetricRow } from '@radiograft/pipeline'
import { isKnown, judged, unmeasured, type Audit, type Suspicion } from './Audit.ts'
import { FORENSICS_VALID, seamIsVisible } from './auditRules.ts'

const names = { poisson: 'blended', realistic: 'generated' } as const

const suspicionOf = (arm: keyof typeof names, control: string): Suspicion => ({
  audit: `${names[arm]} grafts can be told from films`,
  rows: 'G8, G22, G30',
  measure: `AUC of a classifier that looks for seams, grafts of normal lung against their untouched hosts; .5 for none${control}`,
  unit: '',
  counted: 'grafts',
  rule: `alarm: surely above .6; quiet: surely below .75, where hard pastes reach ${FORENSICS_VALID.toFixed(1).slice(1)}`,
  advice:
    arm === 'poisson'
      ? 'A detector can find grafts by their seam: compare with the arm of normal-to-normal grafts before trusting a gain.'
      : 'A detector can find grafts by a seam or by the generator’s texture: compare with the arm of normal-to-normal grafts.',
})

export const seamAudits = (metrics: ReadonlyArray<MetricRow>): ReadonlyArray<Audit> => {
  const of = (arm: string): MetricRow | undefined =>
    metrics.find((row) => row.arm === arm && row.metric === 'forensics-auc')
  const valid = metrics.some((row) => row.metric === 'forensics-valid' && row.value === 1)
  const paste = of('paste')
  const control = paste && Number.isFinite(paste.value) ? `; hard pastes ${paste.value.toFixed(2)}` : ''
  return (['poisson', 'realistic'] as const).flatMap((arm) => {
    const row = of(arm)
    const suspicion = suspicionOf(arm, control)
    if (!row) return arm === 'realistic' ? [] : [unmeasured(suspicion)]
    const { value, low, high, n } = row
    const verdict = isKnown(row) ? seamIsVisible(row, valid) : 'cannot tell'
    const why = !isKnown(row)
      ? 'Too few grafts to learn from.'
      : valid
        ? 'More grafts would tell.'
        : 'Hard pastes are missed too, so that finding nothing does not count: larger films would tell.'
    return [judged(suspicion, { value, low, high, n }, verdict, why)]
  })
}
