/**
 * Arms compared by COCO AP, which has no values a film: each arm's AP with its interval, and the paired differences asked
 * for, over patients and training seeds (`seedInterval`). The stage `compare-coco` gives it detections.
 */
import type { Rng } from '@radiograft/random'
import { cocoBootstrap, pairedCocoBootstrap, type PatientFilms } from './cocoBootstrap.ts'
import { cocoProtocol, type CocoOptions } from './cocoProtocol.ts'
import {
  BETWEEN,
  differenceRows,
  inFamily,
  meanRow,
  type Comparison,
  type ComparisonOptions,
  type Found,
} from './comparisonRows.ts'
import { pairedSeeds, seedsOfArms, type OfArm } from './seedsOfArms.ts'

/** Films of one arm and seed; several of the same are its folds, whose detections are pooled into one curve. */
export interface CocoArm extends OfArm, PatientFilms {}

/**
 * @param contrasts pairs [a, b] for a − b; both must be among `arms`, with the same seeds
 * @param protocols one metric each; differences of `options.tested` get their p as in `compareScores`
 * @returns n is the number of films, boxes or none, a seed on average
 * @throws MetricError when arms that are compared have other seeds or patients, or no truth box counts
 */
export const compareCoco = (
  arms: ReadonlyArray<CocoArm>,
  contrasts: ReadonlyArray<readonly [string, string]>,
  protocols: ReadonlyArray<CocoOptions>,
  rng: Rng,
  options: ComparisonOptions = {},
): ReadonlyArray<Comparison> => {
  const parts = seedsOfArms(arms)
  const pooled = new Map([...parts].map(([arm, seeds]) => [arm, [...seeds.values()].map(pooledFolds)]))
  const size = (arm: string): number => {
    const seeds = pooled.get(arm)!
    return Math.round(seeds.reduce((sum, { films }) => sum + films.length, 0) / seeds.length)
  }
  for (const [a, b] of contrasts) pairedSeeds(parts, a, b)
  const found = protocols.map((given) => {
    const protocol = cocoProtocol(given)
    const metric = protocol.name
    const means = [...pooled].map(([arm, seeds]): Found => {
      const interval = cocoBootstrap(seeds, rng.fork(`${arm}/${metric}`), { ...options, ...protocol })
      return { arm, metric, interval, n: size(arm) }
    })
    const differences = contrasts.map(([a, b]): Found => {
      const arm = `${a}${BETWEEN}${b}`
      const interval = pairedCocoBootstrap({ a: pooled.get(a)!, b: pooled.get(b)! }, rng.fork(`${arm}/${metric}`), {
        ...inFamily(options, metric, contrasts.length),
        ...protocol,
      })
      return { arm, metric, interval, n: size(a) }
    })
    return { means, differences }
  })
  return [
    ...found.flatMap(({ means }) => means.map(meanRow)),
    ...differenceRows(
      found.flatMap(({ differences }) => differences),
      options.tested,
    ),
  ]
}

const pooledFolds = (folds: ReadonlyArray<PatientFilms>): PatientFilms => ({
  films: folds.flatMap(({ films }) => films),
  patients: folds.flatMap(({ patients }) => patients),
})
