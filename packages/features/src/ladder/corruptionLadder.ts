// The ladder (row P2): does a measure rise when films get worse? One half of the films stands against the other, which is
// corrupted step by step; strength 0, clean against clean, is the base.
import { measureFeatures } from '@radiograft/metrics/distribution'
import type {
  DistributionFigure,
  FeatureExtractor,
  FeatureMeasure,
  FeatureSet,
  UnitOptions,
} from '@radiograft/metrics/distribution'
import type { Rng } from '@radiograft/random'
import { corrupt, corruptions } from '../corruptions/corruptions.ts'
import type { Corruption } from '../corruptions/corruptions.ts'
import { rowsOfFilms } from '../rowsOfFilms.ts'
import type { FilmStream } from '../FilmStream.ts'
import { patientHalves } from './patientHalves.ts'
import { spearmanRho } from './spearmanRho.ts'

export interface LadderFeatures {
  /** the half that is never corrupted */
  readonly reference: FeatureSet
  /** the other half as it is: strength 0 of every corruption */
  readonly clean: FeatureSet
  readonly corrupted: ReadonlyArray<{
    readonly corruption: Corruption
    /** of strengths 1, 2, … */
    readonly sets: ReadonlyArray<FeatureSet>
  }>
}

export interface Rung {
  /** 0: as it is */
  readonly strength: number
  /** 0 at strength 0 */
  readonly amount: number
  readonly figure: DistributionFigure
}

export interface Ladder {
  readonly corruption: string
  readonly unit: string
  /** strengths 0 to 5 */
  readonly rungs: ReadonlyArray<Rung>
  /** Spearman's rank correlation of the values with the strengths, 0 included: 1 where the measure rises at every step */
  readonly rho: number
}

export interface LadderOptions {
  /** @default all five */
  readonly corruptions?: ReadonlyArray<Corruption>
  /** films that have been through, of all */
  readonly onProgress?: (done: number, films: number) => void
  readonly signal?: AbortSignal
}

/**
 * Features of both halves and of every corruption of the second one, in one pass over the films.
 * @param rng halves and corruptions: a film's noise depends on its place alone
 * @throws FeaturesError where all films are of one patient, or a film has another size
 */
export const ladderFeatures = async (
  extractor: FeatureExtractor,
  films: FilmStream,
  rng: Rng,
  { corruptions: chosen = corruptions, onProgress, signal }: LadderOptions = {},
): Promise<LadderFeatures> => {
  const { height, width, units } = films
  const [reference, other] = patientHalves(units, rng.fork('halves'))
  const isOther = new Set(other)
  const { name, sha256, resizeFilter, columns } = extractor
  const values = (rows: number): Float32Array => new Float32Array(rows * columns)
  const ofReference = values(reference.length)
  const perStep = [1, ...chosen.map(({ amounts }) => amounts.length)]
  const ofOther = perStep.map((steps) => Array.from({ length: steps }, () => values(other.length)))

  /** every film that is to be looked at, in the order in which `places` names where its row goes */
  const places: Float32Array[] = []
  const versions = async function* (): AsyncGenerator<Float32Array> {
    let [index, atReference, atOther] = [0, 0, 0]
    const room = (all: Float32Array, row: number): number =>
      places.push(all.subarray(row * columns, (row + 1) * columns))
    for await (const pixels of films.pixels()) {
      signal?.throwIfAborted()
      if (isOther.has(index)) {
        const film = { pixels, height, width }
        room(ofOther[0]![0]!, atOther)
        yield pixels
        for (const [c, corruption] of chosen.entries())
          for (let s = 0; s < corruption.amounts.length; s++) {
            room(ofOther[c + 1]![s]!, atOther)
            yield corrupt(corruption, film, s + 1, rng.fork('film').fork(index))
          }
        atOther++
      } else {
        room(ofReference, atReference++)
        yield pixels
      }
      index++
      onProgress?.(index, units.length)
    }
  }
  for await (const row of rowsOfFilms(extractor, versions(), films)) places.shift()!.set(row)

  const set = (all: Float32Array, of: ReadonlyArray<number>): FeatureSet => ({
    values: all,
    rows: of.length,
    columns,
    extractor: { name, sha256, resizeFilter },
    units: of.map((i) => units[i]!),
  })
  return {
    reference: set(ofReference, reference),
    clean: set(ofOther[0]![0]!, other),
    corrupted: chosen.map((corruption, c) => ({
      corruption,
      sets: ofOther[c + 1]!.map((all) => set(all, other)),
    })),
  }
}

/**
 * A measure over the ladder's features, an interval at every step.
 * @param rng resamples: the same units at every step, so that steps are paired
 * @throws MetricError, TooFewFilmsError as the measure does
 */
export const measureLadder = (
  measure: FeatureMeasure,
  { reference, clean, corrupted }: LadderFeatures,
  rng: Rng,
  options: UnitOptions = {},
): ReadonlyArray<Ladder> => {
  const figure = (set: FeatureSet): DistributionFigure =>
    measureFeatures(measure, reference, set, rng.fork('resamples'), options)
  const base: Rung = { strength: 0, amount: 0, figure: figure(clean) }
  return corrupted.map(({ corruption: { name, unit, amounts }, sets }) => {
    const rungs = [base, ...sets.map((set, s) => ({ strength: s + 1, amount: amounts[s]!, figure: figure(set) }))]
    const rho = spearmanRho(
      rungs.map(({ strength }) => strength),
      rungs.map(({ figure: { value } }) => value),
    )
    return { corruption: name, unit, rungs, rho }
  })
}

/** Both in one call, for one measure. @throws as `ladderFeatures` and `measureLadder` */
export const corruptionLadder = async (
  measure: FeatureMeasure,
  extractor: FeatureExtractor,
  films: FilmStream,
  rng: Rng,
  options: LadderOptions & UnitOptions = {},
): Promise<ReadonlyArray<Ladder>> =>
  measureLadder(measure, await ladderFeatures(extractor, films, rng, options), rng, options)
