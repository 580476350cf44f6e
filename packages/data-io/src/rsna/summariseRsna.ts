// Counts of a labels table, row G2 of the acceptance list: what one asserts of the files at hand before trusting them.
import type { RsnaTables } from './parseRsnaTables.ts'

export interface RsnaSummary {
  readonly rows: number
  readonly boxes: number
  readonly films: number
  readonly positives: number
  /** films with 1, 2, 3, … boxes */
  readonly boxesPerPositive: ReadonlyArray<number>
  readonly classes: Readonly<Record<string, number>>
  /** undefined where no map is given */
  readonly patients: number | undefined
  /** [smallest, median, largest] in pixels of the films as they are; empty without a box */
  readonly boxWidths: ReadonlyArray<number>
  readonly boxHeights: ReadonlyArray<number>
}

const spread = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  return n === 0 ? [] : [sorted[0]!, (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2, sorted[n - 1]!]
}

export const summariseRsna = (tables: RsnaTables): RsnaSummary => {
  const facts = [...tables.labels.values()]
  const positives = facts.filter(({ target }) => target === 1)
  const boxes = positives.flatMap((film) => film.boxes)
  const most = positives.reduce((max, film) => Math.max(max, film.boxes.length), 0)
  const classes: Record<string, number> = {}
  for (const name of tables.classes.values()) classes[name] = (classes[name] ?? 0) + 1
  const patients =
    tables.patients && new Set([...tables.labels.keys()].map((id) => tables.patients?.get(id)?.patient ?? id))
  return {
    rows: tables.rows,
    boxes: boxes.length,
    films: facts.length,
    positives: positives.length,
    boxesPerPositive: Array.from({ length: most }, (_, i) => positives.filter((f) => f.boxes.length === i + 1).length),
    classes,
    patients: patients?.size,
    boxWidths: spread(boxes.map(([x0, , x1]) => x1 - x0)),
    boxHeights: spread(boxes.map(([, y0, , y1]) => y1 - y0)),
  }
}
