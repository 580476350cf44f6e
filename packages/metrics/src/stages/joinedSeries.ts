// Curves side by side at the steps of the rarest of them.
import type { SeriesRow } from '@radiograft/pipeline'

export type Joined<K extends string> = ReadonlyArray<{ readonly step: number } & Readonly<Record<K, number>>>

/**
 * A log at each step of the series with the fewest: of the others the newest value at or before that step. Steps before the first value of
 * any are left out.
 * @param names of the series, by the field that each becomes
 * @returns rising steps, or the names of the series that are not there
 */
export const joinedSeries = <K extends string>(
  rows: ReadonlyArray<SeriesRow>,
  names: Readonly<Record<K, string>>,
): { readonly log: Joined<K> } | { readonly missing: ReadonlyArray<string> } => {
  const fields = Object.keys(names) as K[]
  const curves = fields.map((field) =>
    rows.filter(({ name }) => name === names[field]).toSorted((a, b) => a.step - b.step),
  )
  const missing = fields.filter((_, i) => curves[i]!.length === 0).map((field) => names[field])
  if (missing.length > 0) return { missing }
  const rarest = curves.reduce((least, curve) => (curve.length < least.length ? curve : least))
  const log = rarest.flatMap(({ step }) => {
    const values = curves.map((curve) => curve.findLast((row) => row.step <= step)?.value)
    return values.includes(undefined)
      ? []
      : [{ step, ...(Object.fromEntries(fields.map((field, i) => [field, values[i]!])) as Record<K, number>) }]
  })
  return { log }
}
