/**
 * Arms compared film by film: each arm's mean with its interval, and the paired differences asked for. The same
 * patients are resampled in both arms of a difference; a film that one arm does not count still counts in the other.
 */
import type { Rng } from '@radiograft/random'
import { groupBy } from './groupBy.ts'
import { pairedPatientBootstrap, patientBootstrap, type BootstrapOptions, type Interval } from './patientBootstrap.ts'

export interface ArmScores {
  readonly arm: string
  readonly rows: ReadonlyArray<{
    readonly film: string
    readonly patient: string
    readonly metric: string
    readonly value: number
  }>
}

export interface Comparison {
  /** the arm, or `a − b` for a difference */
  readonly arm: string
  readonly metric: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** films counted, in either arm for a difference */
  readonly n: number
}

/** The true difference found four times in five, in a row of its own beside each difference. */
const smallestDetectable = (metric: string): string => `${metric}-smallest-detectable`

/**
 * @param contrasts pairs [a, b] for a − b; both must be among `arms`
 * @throws MetricError when an arm counts no film of a metric that it names
 */
export const compareScores = (
  arms: ReadonlyArray<ArmScores>,
  contrasts: ReadonlyArray<readonly [string, string]>,
  rng: Rng,
  options: BootstrapOptions = {},
): ReadonlyArray<Comparison> => {
  const byArm = new Map(arms.map(({ arm, rows }) => [arm, groupBy(rows, (row) => row.metric)]))
  const means = arms.flatMap(({ arm }) =>
    [...byArm.get(arm)!].map(([metric, rows]) => ({
      arm,
      metric,
      ...interval(
        patientBootstrap(
          { patients: rows.map((row) => row.patient), values: rows.map((row) => row.value) },
          rng.fork(`${arm}/${metric}`),
          options,
        ),
      ),
      n: rows.length,
    })),
  )
  const differences = contrasts.flatMap(([a, b]) =>
    [...byArm.get(a)!.keys()].flatMap((metric) => {
      const [rowsA, rowsB] = [byArm.get(a)!.get(metric)!, byArm.get(b)!.get(metric) ?? []]
      if (rowsB.length === 0) return []
      const patients = new Map([...rowsA, ...rowsB].map((row) => [row.film, row.patient]))
      const films = [...patients.keys()].toSorted()
      const values = (rows: ArmScores['rows']): ReadonlyArray<number | null> => {
        const known = new Map(rows.map((row) => [row.film, row.value]))
        return films.map((film) => known.get(film) ?? null)
      }
      const paired = pairedPatientBootstrap(
        { patients: films.map((film) => patients.get(film)!), a: values(rowsA), b: values(rowsB) },
        rng.fork(`${a} − ${b}/${metric}`),
        options,
      )
      const arm = `${a} − ${b}`
      return [
        { arm, metric, ...interval(paired), n: films.length },
        {
          arm,
          metric: smallestDetectable(metric),
          value: paired.smallestDetectable,
          low: NaN,
          high: NaN,
          n: films.length,
        },
      ]
    }),
  )
  return [...means, ...differences]
}

const interval = ({ value, low, high }: Interval): Pick<Comparison, 'value' | 'low' | 'high'> => ({ value, low, high })
