/**
 * Can a small classifier tell grafted films from untouched ones? Each graft goes with the untouched film of its host, so
 * that the anatomy, the view and the exposure of both classes are the same, and nothing but the graft can be the cue.
 * Used by `paste-forensics`. Logistic regression on `seamFeatures`, fitted anew for each kind of graft with equal effort;
 * deterministic in the generator that it is given.
 *
 * The interval resamples host patients alone. Few donors lend to many hosts, and what one donor’s grafts have in common is not
 * drawn anew: of other donors the AUC may lie further off than the interval says. So for `aucBootstrap` at the boxes.
 */
import { aucBootstrap } from '@radiograft/metrics'
import type { Rng } from '@radiograft/random'
import { logisticRegression } from './logisticRegression.ts'

/** A graft and the film that it was made from. */
export interface ForensicPair {
  readonly host: string
  readonly hostPatient: string
  readonly donorPatient: string
  /** `seamFeatures` of the host as it was */
  readonly untouched: Float64Array
  /** and of the graft, at the same size */
  readonly grafted: Float64Array
}

export interface Forensics {
  readonly auc: number
  /** 95 % interval over host patients; donors stay as they are */
  readonly low: number
  readonly high: number
  /** pairs that were scored */
  readonly pairs: number
}

export interface ForensicOptions {
  /** parts that the host patients are dealt to; each is scored by a classifier that has seen none of its patients @default 10 */
  readonly folds?: number
  /** @default 2000 */
  readonly resamples?: number
}

/** Fewer training pairs than this teach nothing that could be told from chance. */
const LEAST_PAIRS = 8

/**
 * No patient of a scored pair, host or donor, is in a pair that its classifier was fitted on.
 * @returns undefined when no part of the patients leaves enough pairs to learn from
 */
export const graftForensics = (
  pairs: ReadonlyArray<ForensicPair>,
  rng: Rng,
  { folds = 10, resamples = 2000 }: ForensicOptions = {},
): Forensics | undefined => {
  const hosts = [...new Set(pairs.map((pair) => pair.hostPatient))].toSorted()
  const foldOf = new Map(
    rng
      .fork('folds')
      .shuffle(hosts)
      .map((patient, i) => [patient, i % folds]),
  )
  const scored: Array<{ patient: string; film: string; score: number; label: number }> = []
  let count = 0
  for (let fold = 0; fold < folds; fold++) {
    const test = pairs.filter((pair) => foldOf.get(pair.hostPatient) === fold)
    const held = new Set(test.flatMap((pair) => [pair.hostPatient, pair.donorPatient]))
    const train = pairs.filter((pair) => !held.has(pair.hostPatient) && !held.has(pair.donorPatient))
    if (test.length === 0 || train.length < LEAST_PAIRS) continue
    const oddsOf = logisticRegression(
      train.flatMap((pair) => [pair.untouched, pair.grafted]),
      train.flatMap(() => [0, 1]),
    )
    // a host with several grafts is one untouched film
    const untouched = new Map(test.map((pair) => [pair.host, pair]))
    for (const { host, hostPatient, untouched: film } of untouched.values())
      scored.push({ patient: hostPatient, film: host, score: oddsOf(film), label: 0 })
    for (const pair of test)
      scored.push({ patient: pair.hostPatient, film: pair.host, score: oddsOf(pair.grafted), label: 1 })
    count += test.length
  }
  if (count === 0) return undefined
  const { value, low, high } = aucBootstrap(
    {
      patients: scored.map((one) => one.patient),
      scores: scored.map((one) => one.score),
      labels: scored.map((one) => one.label),
    },
    rng.fork('bootstrap'),
    { resamples },
  )
  return { auc: value, low, high, pairs: count }
}
