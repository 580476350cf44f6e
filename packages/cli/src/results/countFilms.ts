// Counts films for the report's cards: patients where they are known, positives, classes, views, sexes, ages. Who is on a
// film goes in and does not come out.
import type { CohortRow, LabelRow } from '@radiograft/pipeline'
import type { ReportInput } from '@radiograft/report'

export type CohortCount = ReportInput['cohorts'][number]['whole']

/** Values and how often each occurs, most frequent first, then by name. */
export const tally = (values: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return Object.fromEntries([...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)))
}

/** Distinct patients; null where it is not known for each film who is on it. */
export const countPatients = (rows: ReadonlyArray<CohortRow | undefined>): number | null =>
  rows.every((row) => row?.patientKnown === true) ? new Set(rows.map((row) => row!.patient)).size : null

export const countPositives = (
  films: Iterable<string>,
  labels: ReadonlyMap<string, Pick<LabelRow, 'target'>> | undefined,
): number | null => {
  if (!labels) return null
  let positives = 0
  for (const film of films) if (labels.get(film)?.target === 1) positives += 1
  return positives
}

const middle = (sorted: ReadonlyArray<number>): number => {
  const at = (sorted.length - 1) / 2
  return (sorted[Math.floor(at)]! + sorted[Math.ceil(at)]!) / 2
}

export const countFilms = (
  rows: ReadonlyArray<CohortRow>,
  labels: ReadonlyMap<string, LabelRow> | undefined,
): CohortCount => {
  const ages = rows.flatMap(({ age }) => (age >= 0 ? [age] : [])).toSorted((a, b) => a - b)
  return {
    films: rows.length,
    patients: countPatients(rows),
    positives: countPositives(
      rows.map(({ film }) => film),
      labels,
    ),
    classes: tally(rows.flatMap(({ film }) => labels?.get(film)?.class ?? [])),
    views: tally(rows.map(({ view }) => view)),
    sexes: tally(rows.map(({ sex }) => sex)),
    age: ages.length === 0 ? null : { films: ages.length, least: ages[0]!, median: middle(ages), most: ages.at(-1)! },
  }
}
