// Where a pipeline's results stand on the page, by the name that `gather` gives them. The rest stands in order: figures
// under "Pictures, step by step", tables under "Further tables".
import type { Figure, Table } from '@radiograft/pipeline'
import type { ReportFigure, ReportInput } from './ReportInput.ts'

export type Place = 'answers' | 'numbers' | 'films' | 'training' | 'elsewhere'

const places: ReadonlyMap<string, Place> = new Map([
  ['verdicts', 'answers'],
  ['controls', 'answers'],
  ['forest', 'numbers'],
  ['cohort', 'films'],
  ['counts', 'films'],
  ['doseCurve', 'numbers'],
  ['curves', 'training'],
])

/** A name that has several is numbered: `curves-2` stands where `curves` does. */
export const placeOf = (name: string): Place => places.get(name) ?? places.get(name.replace(/-\d+$/, '')) ?? 'elsewhere'

/** A figure with its anchor. */
export interface PlacedFigure {
  readonly id: string
  readonly figure: Figure
  readonly arms: ReportFigure['arms']
  readonly metrics: ReportFigure['metrics']
}
/** A table with its anchor. */
export interface PlacedTable {
  readonly id: string
  readonly table: Table
}

/** In the order of the input. Anchors count, they hold no name: whatever a name is, the page stays whole. */
export const figuresAt = (input: ReportInput, place: Place): ReadonlyArray<PlacedFigure> =>
  input.figures.flatMap(({ name, figure, arms, metrics }, i) =>
    placeOf(name) === place ? [{ id: `figure-${i + 1}`, figure, arms, metrics }] : [],
  )

export const tablesAt = (input: ReportInput, place: Place): ReadonlyArray<PlacedTable> =>
  input.tables.flatMap(({ name, table }, i) => (placeOf(name) === place ? [{ id: `table-${i + 1}`, table }] : []))
