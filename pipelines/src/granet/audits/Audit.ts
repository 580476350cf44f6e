// One audit of a run, as its table shows it. Each is named by what is suspected: an alarm confirms the name to the degree of
// its rule, quiet says that it does not go so far.
import type { AuditVerdict, Measured } from './auditRules.ts'

/** What is suspected, and how it is found out. */
export interface Suspicion {
  readonly audit: string
  /** row ids of the acceptance list */
  readonly rows: string
  readonly measure: string
  /** of the figures, such as dB; empty where they have none */
  readonly unit: string
  /** what is counted */
  readonly counted: string
  readonly rule: string
  /** what to do about an alarm */
  readonly advice: string
}

/** Figures are in the unit that is shown. */
export interface Audit extends Suspicion, Measured {
  readonly n: number
  readonly verdict: AuditVerdict | 'not measured'
  /** empty where quiet */
  readonly advice: string
  /** of something that is bad on purpose: an alarm is expected of it and confirms no suspicion of the run */
  readonly control?: true
}

/** A residual that is 0 outside lesions has an infinite ratio, which is a figure too. */
export const isKnown = ({ value, low, high }: Measured): boolean => ![value, low, high].some(Number.isNaN)

export const judged = (
  suspicion: Suspicion,
  measured: Measured & { readonly n: number },
  verdict: AuditVerdict,
  cannotTell = 'More films would tell.',
): Audit => ({
  ...suspicion,
  ...measured,
  verdict,
  advice: verdict === 'quiet' ? '' : verdict === 'alarm' ? suspicion.advice : cannotTell,
})

/** An audit that the run did not measure stays in the list and says so. */
export const unmeasured = (suspicion: Suspicion): Audit => ({
  ...suspicion,
  value: NaN,
  low: NaN,
  high: NaN,
  n: 0,
  verdict: 'not measured',
  advice: 'This run has no stage that measures it.',
})
