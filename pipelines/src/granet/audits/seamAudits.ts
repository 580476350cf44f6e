// Can grafts be told from films that were never grafted? By the figures of `paste-forensics`, whose hard-edged pastes are the
// control: who misses those says nothing by finding nothing.
import type { MetricRow } from '@radiograft/pipeline'
import { isKnown, judged, unmeasured, type Audit, type Suspicion } from './Audit.ts'
import { FORENSICS_VALID, seamIsVisible } from './auditRules.ts'

const names = { poisson: 'blended', realistic: 'generated' } as const
const half = (auc: number): string => auc.toFixed(2).replace(/^0/, '')

const suspicionOf = (arm: keyof typeof names, atBox: boolean, others: string): Suspicion => ({
  audit: `${names[arm]} grafts are easily told from films`,
  rows: 'G8, G22, G30',
  measure:
    `AUC of telling grafts of normal lung from their untouched hosts, .5 for none, ` +
    `${atBox ? 'by the edges of the known boxes' : 'by a classifier that searches the film'}${others}`,
  unit: '',
  counted: 'grafts',
  rule:
    `alarm: surely above ${atBox ? '.75, or above .6 by a search' : '.6'}; ` +
    `quiet: surely below .75, where hard pastes reach ${half(FORENSICS_VALID)}`,
  advice:
    arm === 'poisson'
      ? 'A detector can find grafts by their seam: compare with the arm of normal-to-normal grafts before trusting a gain.'
      : 'A detector can find grafts by a seam or by the generator’s texture: compare with the arm of normal-to-normal grafts.',
})

export const seamAudits = (metrics: ReadonlyArray<MetricRow>): ReadonlyArray<Audit> => {
  const of = (arm: string, metric: string): MetricRow | undefined =>
    metrics.find((row) => row.arm === arm && row.metric === metric && isKnown(row))
  const shownOf = (arm: string): MetricRow | undefined => of(arm, 'forensics-auc-at-box') ?? of(arm, 'forensics-auc')
  const valid = metrics.some((row) => row.metric === 'forensics-valid' && row.value === 1)
  const paste = shownOf('paste')
  return (['poisson', 'realistic'] as const).flatMap((arm) => {
    const tried = metrics.some((row) => row.arm === arm && row.metric === 'forensics-auc')
    const [searching, atBox] = [of(arm, 'forensics-auc'), of(arm, 'forensics-auc-at-box')]
    const others = [
      ...(paste ? [`hard pastes ${half(paste.value)}`] : []),
      ...(atBox && searching
        ? [`by a search ${half(searching.value)} [${half(searching.low)}, ${half(searching.high)}]`]
        : []),
    ]
    const suspicion = suspicionOf(arm, atBox !== undefined, others.map((one) => `; ${one}`).join(''))
    if (!tried) return arm === 'realistic' ? [] : [unmeasured(suspicion)]
    const shown = atBox ?? searching
    if (!shown) {
      const nothing = { value: NaN, low: NaN, high: NaN, n: 0 }
      return [judged(suspicion, nothing, 'cannot tell', 'Too few grafts to learn from.')]
    }
    const { value, low, high, n } = shown
    const verdict = seamIsVisible(
      { searching: searching ?? { value: NaN, low: NaN, high: NaN }, ...(atBox ? { atBox } : {}) },
      valid,
    )
    const why = valid
      ? 'More grafts would tell.'
      : 'Hard pastes are missed too, so that finding nothing does not count: larger films would tell.'
    return [judged(suspicion, { value, low, high, n }, verdict, why)]
  })
}
