// One question of `measure-shares`, answered for the source and for every generator: each figure, or why there is none.
import type { Rng } from '@radiograft/random'
import { classCounts } from '../labels/classCounts.ts'
import { classesFound, type FoundClasses } from '../labels/classesFound.ts'
import { confusionCounts } from '../labels/confusionCounts.ts'
import type { ClassifiedFilms, ValidationFilms } from '../labels/drawnFilms.ts'
import { equalNumbersDistance } from '../labels/equalNumbersDistance.ts'
import { realSplitSpread, type SplitSpread } from '../labels/realSplitSpread.ts'
import { shareDistanceBootstrap, type ShareDistance } from '../labels/shareDistanceBootstrap.ts'
import { sharesBootstrap, type ShareIntervals } from '../labels/sharesBootstrap.ts'
import { attempt, type Attempt } from './attempt.ts'

export interface ShareAnswer {
  readonly arm: string
  /** films */
  readonly n: number
  /** [classes], films by predicted class */
  readonly counts: Float64Array
  readonly shares: Attempt<ShareIntervals>
  readonly found: Attempt<FoundClasses>
  /** of a generator; the source is beside nothing */
  readonly beside?: {
    readonly distance: Attempt<ShareDistance>
    /** classes found among as many source films, or fewer */
    readonly shown: Attempt<FoundClasses>
    /** real splits, and the distance of generated and source films at as many films a side */
    readonly spread: Attempt<SplitSpread & { readonly each: number; readonly observed: number; readonly p: number }>
  }
}

export interface AskedFilms {
  readonly classes: ReadonlyArray<string>
  readonly validation: ValidationFilms
  /** real films of unseen patients */
  readonly source: ClassifiedFilms
  readonly generated: ReadonlyMap<string, ClassifiedFilms>
}

interface AnswerOptions {
  readonly level: number
  readonly splits: number
  readonly resamples: number
  /** shares whose wider bounds hold together */
  readonly family: number
}

/** @returns the source first, by this name, then generators in their order */
export const answerShares = (
  { classes: names, validation, source, generated }: AskedFilms,
  sourceName: string,
  rng: Rng,
  options: AnswerOptions,
): ReadonlyArray<ShareAnswer> => {
  const classes = names.length
  const confusion = confusionCounts(validation.truth, validation.predicted, classes)
  const patientsOf = Float64Array.from(
    names,
    (_, k) => new Set(validation.patients.filter((_patient, film) => validation.truth[film] === k)).size,
  )
  const foundAmong = (predicted: ArrayLike<number>): Attempt<FoundClasses> =>
    attempt(() =>
      classesFound({ names, confusion, patients: patientsOf, predicted: classCounts(predicted, classes) }, options),
    )
  const alone = (arm: string, set: ClassifiedFilms): ShareAnswer => ({
    arm,
    n: set.predicted.length,
    counts: classCounts(set.predicted, classes),
    shares: attempt(() => sharesBootstrap({ classes, validation, set }, rng.fork('shares').fork(arm), options)),
    found: foundAmong(set.predicted),
  })
  const patients = new Set(source.units).size
  const beside = (arm: string, set: ClassifiedFilms): ShareAnswer => {
    const n = set.predicted.length
    const order = rng.fork('source').permutation(source.predicted.length)
    // as many films a side: a patient may have several, a generated film is one
    const filmsEach = source.predicted.length / patients
    const each = Math.max(1, Math.min(Math.floor(patients / 2), Math.floor(n / filmsEach)))
    const units = { a: Math.min(n, Math.round(each * filmsEach)), b: each }
    return {
      ...alone(arm, set),
      beside: {
        distance: attempt(() =>
          shareDistanceBootstrap({ classes, validation, a: set, b: source }, rng.fork('distance').fork(arm), options),
        ),
        // no more source films than generated ones: what they show, generated films could have shown
        shown: foundAmong(Array.from(order.subarray(0, n), (film) => source.predicted[film]!)),
        spread: attempt(() => {
          const observed = equalNumbersDistance({ confusion, a: set, b: source }, units, rng.fork('equal').fork(arm))
          const placed = { splits: options.splits, patientsEach: each, observed }
          const splits = realSplitSpread({ confusion, real: source }, rng.fork('splits'), placed)
          return { ...splits, each, observed, p: splits.p! }
        }),
      },
    }
  }
  return [alone(sourceName, source), ...Array.from(generated, ([arm, set]) => beside(arm, set))]
}
