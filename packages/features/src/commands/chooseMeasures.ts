// Which measures two sets of films are large enough for, and what to read in place of the others.
import { frechetMeasure, kernelMeasure, manifoldMeasure } from '@radiograft/metrics/distribution'
import type { FeatureMeasure } from '@radiograft/metrics/distribution'

interface ChosenMeasure {
  readonly measure: FeatureMeasure
  /** of its interval */
  readonly resamples: number
}

export interface ChosenMeasures {
  readonly measures: ReadonlyArray<ChosenMeasure>
  /** measures that were left out, each with what to read in its place */
  readonly left: ReadonlyArray<string>
}

/** A covariance of d dimensions is taken of 4 d films or more. */
const FILMS_A_DIMENSION = 4
const PROJECTIONS = [64, 32, 16] as const
/** Balls of the third neighbour of fewer films cover nearly everything or nearly nothing. */
const MANIFOLD = 50
/** Resamples of a distance in all dimensions, whose eigenvalues take seconds each. */
const FEW = 20

/** @param n films of the smaller set @param columns numbers a film */
export const chooseMeasures = (n: number, columns: number): ChosenMeasures => {
  const left: string[] = []
  const measures: ChosenMeasure[] = [{ measure: kernelMeasure, resamples: 1000 }]
  const dims = PROJECTIONS.find((d) => d <= columns && n >= FILMS_A_DIMENSION * d)
  if (n >= FILMS_A_DIMENSION * columns)
    measures.push({ measure: frechetMeasure(), resamples: columns > 128 ? FEW : 1000 })
  if (dims === undefined)
    left.push(
      `FID needs ${FILMS_A_DIMENSION * PROJECTIONS.at(-1)!} films or more of each set, and one has ${n}: read KID, which is right on average at any number.`,
    )
  else measures.push({ measure: frechetMeasure({ dims }), resamples: 1000 })
  if (n < MANIFOLD)
    left.push(`Precision and recall need ${MANIFOLD} films or more of each set, and one has ${n}: read KID.`)
  else measures.push(...(['precision', 'recall'] as const).map((which) => ({ measure: manifoldMeasure(which), resamples: 1000 }))) // prettier-ignore
  return { measures, left }
}
