/**
 * Whether films that lie as near to a real film as near copies do, lie near training films more often than chance explains (P10). That many
 * generated films lie near training films is no proof: blurred ones, near the mean of all, lie near to everything. So each of them is asked
 * whether its nearest real film was trained on or held out, and counts by how near it is,
 *
 *   C = Σ over films whose nearest real film was trained on of max(0, 1 − d / threshold),
 *
 * 1 for a copy, 0 for one that is barely a near copy. Its chance is a permutation's, as that of `trainingLean`: which patients train is dealt
 * anew among all of them, as many as before, so that films near one patient are one draw. Of 352 patients who train and 262 who do not, ten
 * copies of a patient each, with no other film near, have p .004: the chance that all ten would have trained. Copies of fewer patients, or
 * where most patients train, cannot be told from chance this way: `least` says so.
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { assertSameSamples, type Distances } from './Distances.ts'
import { nearCopies } from './nearCopies.ts'
import { patientParts } from './patientParts.ts'

export interface CopyPatients {
  /** of real films */
  readonly patientOf: (film: string) => string
  /** patients by part */
  readonly training: Iterable<string>
  readonly heldOut: Iterable<string>
}

export interface CopyExcess {
  /** samples that lie nearer to some real film than the threshold of `nearCopies` */
  readonly near: number
  /** of these, nearer to a training film than to any held-out one */
  readonly copying: number
  /** of deals in which C is as large, the one at hand counted; 1 where no film is near */
  readonly p: number
  /** the chance that all patients who have a near film train: where p would be about this, had every one of them been copied */
  readonly least: number
}

/**
 * @param distances as of `memorisationReport`
 * @throws MetricError when patients are in both parts or a film is of neither, or as `nearCopies` does
 */
export const copyExcess = (
  { samplesToTraining, samplesToHeldOut, heldOutToTraining }: Distances,
  { patientOf, training, heldOut }: CopyPatients,
  rng: Rng,
  /** @default rate 0.01 @default permutations 999 */
  { rate = 0.01, permutations = 999 }: { readonly rate?: number; readonly permutations?: number } = {},
): CopyExcess => {
  const { trained, count, numberOf, asIs, dealt } = patientParts(training, heldOut)
  assertSameSamples(samplesToTraining, samplesToHeldOut)
  if (!samplesToHeldOut.distances.every((d) => d >= 0))
    throw new MetricError('samplesToHeldOut', 'distances must be zero or more')
  if (!(Number.isInteger(permutations) && permutations > 0))
    throw new MetricError('permutations', `must be 1 or more, got ${permutations}`)
  const { threshold } = nearCopies(samplesToTraining.distances, heldOutToTraining.distances, rate)

  const toHeldOut = samplesToHeldOut.distances
  /** of each patient the part of C that is theirs, did they train */
  const nearness = new Float64Array(count)
  let [near, copying] = [0, 0]
  samplesToTraining.distances.forEach((toTraining, j) => {
    // a film that is as near to both copies neither
    const nearest = toTraining < toHeldOut[j]! ? samplesToTraining.nearest[j]! : samplesToHeldOut.nearest[j]!
    const distance = Math.min(toTraining, toHeldOut[j]!)
    if (distance >= threshold) return
    const patient = numberOf.get(patientOf(nearest))
    if (patient === undefined) throw new MetricError('patientOf', `knows no patient of film ${nearest} in either part`)
    nearness[patient]! += 1 - distance / threshold
    near++
    if (patient < trained) copying++
  })
  const sumOf = (trains: ReadonlyArray<boolean>): number =>
    nearness.reduce((sum, part, patient) => sum + (trains[patient] ? part : 0), 0)
  const value = sumOf(asIs) - 1e-12 // sums of the same parts differ in their last places
  let asMuch = 0
  for (let deal = 0; deal < permutations; deal++) if (sumOf(dealt(rng, deal)) >= value) asMuch++
  let least = 1
  const owners = nearness.filter((part) => part > 0).length
  for (let i = 0; i < owners; i++) least *= Math.max(0, trained - i) / (count - i)
  return { near, copying, p: (1 + asMuch) / (1 + permutations), least }
}
