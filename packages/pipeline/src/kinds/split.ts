// Split: the part of every film. Patient-disjoint by construction: `unit` says whether patients are known or each film
// stands for one. The value is branded, so that only data-io's splitters (which check it) can make one.
import { tableKind } from '../Kind.ts'

export type Part = 'train' | 'validation' | 'test'
export interface SplitRow {
  readonly film: string
  readonly patient: string
  readonly part: Part
  /** `patient`, or `film` where no id-to-patient map was given */
  readonly unit: 'patient' | 'film'
  /** true for the test part of a sealed hold-out */
  readonly sealed: boolean
}

export const Split = tableKind<SplitRow>()('split', {
  layout: 'table',
  columns: { film: 'utf8', patient: 'utf8', part: 'utf8', unit: 'utf8', sealed: 'bool' },
  sortBy: ['film'],
})

/** The films of one part, ascending. */
export const filmsOf = (split: ReadonlyArray<SplitRow>, ...parts: ReadonlyArray<Part>): ReadonlyArray<string> =>
  split.filter((row) => parts.includes(row.part)).map((row) => row.film)
