/**
 * Arms compared film by film: each arm's mean with its interval, and the paired differences asked for. The same patients are
 * resampled in both arms of a difference, which is taken seed by seed where there are several training seeds; a film that one
 * arm does not count still counts in the other.
 */
import type { Rng } from '@radiograft/random'
import {
  BETWEEN,
  differenceRows,
  inFamily,
  rangeOf,
  meanRow,
  type Comparison,
  type ComparisonOptions,
  type Found,
} from './comparisonRows.ts'
import { groupBy } from './groupBy.ts'
import { MetricError } from './MetricError.ts'
import { pairedSeedBootstrap, seedBootstrap, type FilmValues } from './patientBootstrap.ts'
import { pairedSeeds, seedsOfArms, type OfArm } from './seedsOfArms.ts'

/** Scores of one arm and seed; several of the same are its folds, and a film that several of these score is averaged. */
export interface ArmScores extends OfArm {
  readonly rows: ReadonlyArray<{
    readonly film: string
    readonly patient: string
    readonly metric: string
    readonly value: number
  }>
}

type Row = ArmScores['rows'][number]

/** One metric of one arm: by seed, film by film. */
type Seeds = ReadonlyMap<number, ReadonlyMap<string, { readonly patient: string; readonly value: number }>>

/**
 * @param contrasts pairs [a, b] for a − b; both must be among `arms`, with the same seeds
 * @throws MetricError when an arm has a metric with some seeds only, or two arms that are compared have other seeds
 */
export const compareScores = (
  arms: ReadonlyArray<ArmScores>,
  contrasts: ReadonlyArray<readonly [string, string]>,
  rng: Rng,
  options: ComparisonOptions = {},
): ReadonlyArray<Comparison> => {
  const parts = seedsOfArms(arms)
  const byArm = new Map([...parts].map(([arm, seeds]) => [arm, metricsOf(arm, seeds)]))
  const means = [...byArm].flatMap(([arm, metrics]) =>
    [...metrics].map(([metric, seeds]) => {
      const { patients, values, n } = aligned([seeds])
      const interval = seedBootstrap({ patients, values: values[0]! }, rng.fork(`${arm}/${metric}`), {
        ...options,
        ...rangeOf(metric),
      })
      return meanRow({ arm, metric, interval, n })
    }),
  )
  const pairs = contrasts.flatMap(([a, b]) => {
    pairedSeeds(parts, a, b)
    return [...byArm.get(a)!.keys()].filter((metric) => byArm.get(b)!.has(metric)).map((metric) => ({ a, b, metric }))
  })
  const differences = pairs.map(({ a, b, metric }): Found => {
    const { patients, values, n } = aligned([byArm.get(a)!.get(metric)!, byArm.get(b)!.get(metric)!])
    const arm = `${a}${BETWEEN}${b}`
    const family = pairs.filter((pair) => pair.metric === metric).length
    const interval = pairedSeedBootstrap(
      { patients, a: values[0]!, b: values[1]! },
      rng.fork(`${arm}/${metric}`),
      inFamily(options, metric, family),
    )
    return { arm, metric, interval, n }
  })
  return [...means, ...differenceRows(differences, options.tested)]
}

/** Metrics in order of first appearance. */
const metricsOf = (arm: string, seeds: ReadonlyMap<number, ReadonlyArray<ArmScores>>): ReadonlyMap<string, Seeds> => {
  const bySeed = [...seeds].map(
    ([seed, folds]) =>
      [
        seed,
        groupBy(
          folds.flatMap(({ rows }) => rows),
          (row) => row.metric,
        ),
      ] as const,
  )
  const metrics = [...new Set(bySeed.flatMap(([, rows]) => [...rows.keys()]))]
  return new Map(
    metrics.map((metric) => {
      const lacking = bySeed.filter(([, rows]) => !rows.has(metric)).map(([seed]) => seed)
      if (lacking.length > 0)
        throw new MetricError(
          'arms',
          `seed ${lacking.join(', ')} of ${arm} counts no film of ${metric}, other seeds do`,
        )
      return [metric, new Map(bySeed.map(([seed, rows]) => [seed, filmsOf(rows.get(metric)!)]))]
    }),
  )
}

const filmsOf = (rows: ReadonlyArray<Row>): ReadonlyMap<string, { readonly patient: string; readonly value: number }> =>
  new Map(
    [...groupBy(rows, (row) => row.film)].map(([film, same]) => [
      film,
      { patient: same[0]!.patient, value: same.reduce((sum, { value }) => sum + value, 0) / same.length },
    ]),
  )

/**
 * Of each arm its seeds' values, film by film, in one order of the films that any of them counts; n films are counted, in any of
 * the arms, a seed on average: seeds count different films where a detector's false alarms decide it.
 */
const aligned = (
  arms: ReadonlyArray<Seeds>,
): { readonly patients: readonly string[]; readonly values: ReadonlyArray<ReadonlyArray<FilmValues>>; n: number } => {
  const patients = new Map<string, string>()
  for (const seeds of arms)
    for (const films of seeds.values()) for (const [film, { patient }] of films) patients.set(film, patient)
  const films = [...patients.keys()].toSorted()
  const bySeed = [...arms[0]!.keys()].map((seed) => arms.flatMap((seeds) => seeds.get(seed) ?? []))
  const counted = bySeed.map((same) => new Set(same.flatMap((known) => [...known.keys()])).size)
  return {
    patients: films.map((film) => patients.get(film)!),
    values: arms.map((seeds) =>
      [...seeds.values()].map((known) => films.map((film) => known.get(film)?.value ?? null)),
    ),
    n: Math.round(counted.reduce((sum, seen) => sum + seen, 0) / counted.length),
  }
}
