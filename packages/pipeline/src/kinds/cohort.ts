// Cohort: the unit that leaks or does not: every film with its patient. Where no id-to-patient map is given the patient
// is the film itself and `patientKnown` says so (row G29).
import { tableKind } from '../Kind.ts'

export interface CohortRow {
  readonly film: string
  readonly patient: string
  /** false where each film stands for its own patient because no map was given */
  readonly patientKnown: boolean
  /** `PA`, `AP` or empty when unknown */
  readonly view: string
  /** `F`, `M` or empty */
  readonly sex: string
  /** years, −1 when unknown */
  readonly age: number
}

export const Cohort = tableKind<CohortRow>()('cohort', {
  layout: 'table',
  columns: { film: 'utf8', patient: 'utf8', patientKnown: 'bool', view: 'utf8', sex: 'utf8', age: 'int32' },
  sortBy: ['film'],
})
