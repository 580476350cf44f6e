// Has anything been trained on, tuned by, or made from a patient of the test part? Ids of patients stay out of the table.
import { parseSyntheticId } from '@radiograft/blend'
import type { PairRow, ProvenanceRow, SplitRow } from '@radiograft/pipeline'
import { judged, unmeasured, type Audit, type Suspicion } from './Audit.ts'

export interface LeakInput {
  /** of products trained on `split` alone: those of another fold, or of a split by film, may have seen its test patients */
  readonly provenance: ReadonlyArray<ReadonlyArray<ProvenanceRow>>
  readonly split: ReadonlyArray<SplitRow>
  /** donors of grafts, whose hosts may be of any part */
  readonly pairs?: ReadonlyArray<PairRow>
  /** ids `<host>+<donor>` of films made for training */
  readonly synthetic?: ReadonlyArray<string>
}

const suspicion: Suspicion = {
  audit: 'test patients seen in training',
  rows: 'G3, G29',
  measure: 'patients of the test part among trained, tuned, donor and host films',
  unit: '',
  counted: 'test patients',
  rule: 'alarm: any',
  advice: 'Discard this run: wire every stage to one split.',
}

/** @throws BlendError when a synthetic film’s id is not one */
export const leakAudit = ({ provenance, split, pairs = [], synthetic = [] }: LeakInput): Audit => {
  const patients = new Map(split.map((row) => [row.film, row.patient]))
  const patientOf = (film: string): string => patients.get(film) ?? film
  const tested = new Set(split.filter((row) => row.part === 'test').map((row) => row.patient))
  const seen = [
    ...provenance.flat().map((row) => row.patient),
    ...pairs.map(({ donor }) => patientOf(donor)),
    ...synthetic.map(parseSyntheticId).flatMap(({ host, donor }) => [patientOf(host), patientOf(donor)]),
  ]
  if (seen.length === 0) return unmeasured(suspicion)
  const value = new Set(seen.filter((patient) => tested.has(patient))).size
  const byFilm = split.some((row) => row.unit === 'film')
  const verdict = value > 0 ? 'alarm' : byFilm ? 'cannot tell' : 'quiet'
  const measured = { value, low: NaN, high: NaN, n: tested.size }
  return judged(suspicion, measured, verdict, 'Patients are not known: each film stands for its own (G29).')
}
