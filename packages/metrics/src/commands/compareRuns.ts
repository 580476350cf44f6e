/**
 * Two runs compared film by film: for every arm and metric of both, each run's mean and the difference B − A on the films
 * that both were tested on, patients resampled as `compareScores` does. Pairs are refused where a film of one id is not the
 * same film, and where a model of one run had seen test films of the other: it would be better on them for that reason.
 */
import type { ProvenanceRow, ScoreRow } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { compareScores } from '../compareScores.ts'
import { groupBy } from '../groupBy.ts'
import type { BootstrapOptions } from '../resamplePatients.ts'
import { directionOf } from './directionOf.ts'

/** One artefact of scores: a fold or a replica of an arm. */
export interface ScoredPart {
  readonly rows: ReadonlyArray<ScoreRow>
  /** films that any product on the way to these scores has seen; undefined where nothing tells */
  readonly seen: ReadonlyArray<ProvenanceRow> | undefined
  /** film → what is known of it (patient, view, class, …), so that two films of one id are told apart */
  readonly films: ReadonlyMap<string, string>
}

export interface ScoredArm {
  readonly arm: string
  readonly parts: ReadonlyArray<ScoredPart>
}

interface Mean {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

export interface PairedMetric {
  readonly arm: string
  readonly metric: string
  /** of the common films */
  readonly a: Mean
  readonly b: Mean
  /** B − A; `n` films are counted in either run */
  readonly difference: Mean
  /** the true difference found four times in five */
  readonly smallestDetectable: number
  /** `equal`: film by film the same; `better`: B's interval lies on the good side of A; `higher` and `lower` where the metric's name does not say which is good; `cannot tell` too of fewer than `fewestPatients` */
  readonly verdict: 'better' | 'worse' | 'higher' | 'lower' | 'equal' | 'cannot tell'
}

export interface NotPaired {
  readonly arm: string
  readonly reason: 'leak' | 'other films' | 'no common films'
  readonly text: string
}

export interface RunComparison {
  readonly paired: ReadonlyArray<PairedMetric>
  readonly notPaired: ReadonlyArray<NotPaired>
  /** films tested on, by arm */
  readonly films: ReadonlyArray<{
    readonly arm: string
    readonly common: number
    readonly onlyA: number
    readonly onlyB: number
    /** how many artefacts of the arm score a film: replicas are averaged */
    readonly replicas: readonly [a: number, b: number]
    /** false where a part has no provenance, so that a leak could not be seen */
    readonly leakChecked: boolean
  }>
}

const filmsOf = (arm: ScoredArm): ReadonlySet<string> =>
  new Set(arm.parts.flatMap(({ rows }) => rows.map(({ film }) => film)))

const replicasOf = (arm: ScoredArm): number => {
  const count = new Map<string, number>()
  for (const { rows } of arm.parts)
    for (const film of new Set(rows.map((row) => row.film))) count.set(film, (count.get(film) ?? 0) + 1)
  return [...count.values()].reduce((most, n) => Math.max(most, n), 0)
}

/** Test films of `part` that the products behind `other` have seen, by film or by patient. */
const seenFilms = (part: ScoredPart, other: ScoredPart): ReadonlyArray<string> => {
  const films = new Set(other.seen?.map(({ film }) => film))
  const patients = new Set(other.seen?.map(({ patient }) => patient))
  const seen = part.rows.filter(({ film, patient }) => films.has(film) || patients.has(patient)).map(({ film }) => film)
  return [...new Set(seen)]
}

const refusal = (a: ScoredArm, b: ScoredArm, common: ReadonlySet<string>): NotPaired | undefined => {
  const { arm } = a
  if (common.size === 0) return { arm, reason: 'no common films', text: 'no film was tested on by both' }
  const known = (scored: ScoredArm, film: string): string | undefined =>
    scored.parts.map(({ films }) => films.get(film)).find((text) => text !== undefined)
  const other = [...common].filter((film) => {
    const [ours, theirs] = [known(a, film), known(b, film)]
    return ours !== undefined && theirs !== undefined && ours !== theirs
  })
  if (other.length > 0)
    return {
      arm,
      reason: 'other films',
      text: `${other.length} of ${common.size} common film ids stand for another film: patient, view, age or class differ`,
    }
  const [ofA, ofB] = [new Set<string>(), new Set<string>()]
  for (const part of a.parts)
    for (const mate of b.parts) {
      const own = new Set(part.rows.map(({ film }) => film))
      // folds without a common film are not paired with each other
      if (!mate.rows.some(({ film }) => own.has(film))) continue
      for (const film of seenFilms(part, mate)) ofA.add(film)
      for (const film of seenFilms(mate, part)) ofB.add(film)
    }
  if (ofA.size + ofB.size === 0) return undefined
  const told = [
    ...(ofA.size > 0 ? [`B was trained or tuned on ${ofA.size} of A's test films or on their patients`] : []),
    ...(ofB.size > 0 ? [`A was trained or tuned on ${ofB.size} of B's test films or on their patients`] : []),
  ]
  return { arm, reason: 'leak', text: told.join('; ') }
}

/** One row a film and metric of these films: the mean over replicas. */
const rowsOn = (arm: ScoredArm, films: ReadonlySet<string>): ReadonlyArray<ScoreRow> => {
  const rows = arm.parts.flatMap((part) => part.rows.filter(({ film }) => films.has(film)))
  return [...groupBy(rows, ({ metric, film }) => `${metric}\n${film}`).values()].map((same) => ({
    ...same[0]!,
    value: same.reduce((sum, { value }) => sum + value, 0) / same.length,
  }))
}

/**
 * Patients below which an interval tells nothing. Where B is above A on every one of n patients, so is each resample, and the
 * interval leaves zero out whatever n is; chance alone does that in 2 of 2ⁿ such comparisons (a sign test), and only from
 * n = 6 on in fewer than the 5 % that the interval stands for (2/2⁵ = 6.3 %, 2/2⁶ = 3.1 %).
 */
const fewestPatients = 6

/** Film by film the same value in both, and the same films counted. */
const isSame = (a: ReadonlyArray<ScoreRow>, b: ReadonlyArray<ScoreRow>): boolean => {
  const values = new Map(b.map(({ film, value }) => [film, value]))
  return a.length === b.length && a.every(({ film, value }) => values.get(film) === value)
}

const verdictOf = (metric: string, { low, high }: Mean, patients: number): PairedMetric['verdict'] => {
  if (patients < fewestPatients) return 'cannot tell'
  if (!(low > 0 || high < 0)) return 'cannot tell'
  const direction = directionOf(metric)
  if (direction === undefined) return low > 0 ? 'higher' : 'lower'
  return low > 0 === (direction === 'higher') ? 'better' : 'worse'
}

/**
 * @param options `seed` of the resamples @default 1; `metrics`: only these
 * @returns arms and metrics that both runs have, in the order of A
 */
export const compareRuns = (
  a: ReadonlyArray<ScoredArm>,
  b: ReadonlyArray<ScoredArm>,
  options: BootstrapOptions & { readonly seed?: number; readonly metrics?: ReadonlyArray<string> } = {},
): RunComparison => {
  const paired: PairedMetric[] = []
  const notPaired: NotPaired[] = []
  const films: Array<RunComparison['films'][number]> = []
  for (const ofA of a) {
    const ofB = b.find(({ arm }) => arm === ofA.arm)
    if (!ofB) continue
    const { arm } = ofA
    const [testedA, testedB] = [filmsOf(ofA), filmsOf(ofB)]
    const common = new Set([...testedA].filter((film) => testedB.has(film)))
    films.push({
      arm,
      common: common.size,
      onlyA: testedA.size - common.size,
      onlyB: testedB.size - common.size,
      replicas: [replicasOf(ofA), replicasOf(ofB)],
      leakChecked: [...ofA.parts, ...ofB.parts].every(({ seen }) => seen !== undefined),
    })
    const refused = refusal(ofA, ofB, common)
    if (refused) {
      notPaired.push(refused)
      continue
    }
    const [rowsA, rowsB] = [rowsOn(ofA, common), rowsOn(ofB, common)]
    for (const metric of new Set(rowsA.map((row) => row.metric))) {
      if (options.metrics && !options.metrics.includes(metric)) continue
      const of = (rows: ReadonlyArray<ScoreRow>): ReadonlyArray<ScoreRow> => rows.filter((row) => row.metric === metric)
      if (of(rowsB).length === 0) continue
      const arms = [
        { arm: 'A', rows: of(rowsA) },
        { arm: 'B', rows: of(rowsB) },
      ]
      // one metric, one contrast: two means, the difference, the smallest detectable
      const found = compareScores(arms, [['B', 'A']], rng(options.seed ?? 1).fork(arm), options)
      const [meanA, meanB, difference, detectable] = found as unknown as readonly [Mean, Mean, Mean, Mean]
      const patients = new Set(arms.flatMap(({ rows }) => rows.map(({ patient }) => patient))).size
      const mean = ({ value, low, high, n }: Mean): Mean => ({ value, low, high, n })
      paired.push({
        arm,
        metric,
        a: mean(meanA),
        b: mean(meanB),
        difference: mean(difference),
        smallestDetectable: detectable.value,
        verdict: isSame(of(rowsA), of(rowsB)) ? 'equal' : verdictOf(metric, difference, patients),
      })
    }
  }
  return { paired, notPaired, films }
}
