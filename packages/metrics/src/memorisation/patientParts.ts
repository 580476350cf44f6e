// Patients of both parts in one numbering, as tests of copying deal them anew. Used by `copyExcess` and `trainingLean`.
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'

export interface PatientParts {
  /** patients who train, and of both parts */
  readonly trained: number
  readonly count: number
  /** training patients first */
  readonly numberOf: ReadonlyMap<string, number>
  /** whether each trains */
  readonly asIs: ReadonlyArray<boolean>
  /** the same when as many are dealt to training anew: the deal of that number */
  readonly dealt: (rng: Rng, deal: number) => ReadonlyArray<boolean>
}

/** @throws MetricError when a patient is in both parts */
export const patientParts = (training: Iterable<string>, heldOut: Iterable<string>): PatientParts => {
  const [trained, held] = [[...new Set(training)], [...new Set(heldOut)]]
  const patients = [...trained, ...held]
  const numberOf = new Map(patients.map((patient, i) => [patient, i]))
  if (numberOf.size < patients.length)
    throw new MetricError('training, heldOut', 'a patient is in both parts: split by patient')
  const asIs = patients.map((_, i) => i < trained.length)
  return {
    trained: trained.length,
    count: patients.length,
    numberOf,
    asIs,
    dealt: (rng, deal) => rng.fork(deal).shuffle(asIs),
  }
}
