// "Figure 3", "Table 2": numbers in the order of the page, by anchor. Sections ask it, and so do texts that point to one.
import { holdsClaims } from './exhibits/claimCards.ts'
import { markup } from './markup/markup.ts'
import type { Markup } from './markup/markup.ts'
import { figuresAt, tablesAt } from './placement.ts'
import type { Place } from './placement.ts'
import type { ReportInput } from './ReportInput.ts'
import { metricTables } from './sections/metricTables.ts'

const places: ReadonlyArray<Place> = ['answers', 'numbers', 'films', 'elsewhere', 'training']

const tableIds = (input: ReportInput): ReadonlyArray<string> => {
  const at = (place: Place): ReadonlyArray<string> =>
    tablesAt(input, place).flatMap(({ id, table }) => (place === 'answers' && holdsClaims(table) ? [] : [id]))
  return [
    ...at('answers'),
    ...metricTables(input).map(({ id }) => id),
    ...(['numbers', 'films'] as const).flatMap(at),
    ...input.cohorts.map((_, i) => `parts-${i + 1}`),
    ...at('training'),
    ...at('elsewhere'),
    ...(input.params.length + Object.keys(input.axes).length > 0 ? ['settings-table'] : []),
    ...(input.stages.length > 0 ? ['stages-table'] : []),
  ]
}

const known = new WeakMap<ReportInput, ReadonlyMap<string, string>>()

const numbersOf = (input: ReportInput): ReadonlyMap<string, string> => {
  const before = known.get(input)
  if (before) return before
  const figures = places.flatMap((place) => figuresAt(input, place).map(({ id }) => id))
  const numbers = new Map([
    ...figures.map((id, i) => [id, `Figure ${i + 1}`] as const),
    ...tableIds(input).map((id, i) => [id, `Table ${i + 1}`] as const),
  ])
  known.set(input, numbers)
  return numbers
}

/** Empty where the page has no such figure or table. */
export const numberOf = (input: ReportInput, id: string): string => numbersOf(input).get(id) ?? ''

/** A link that reads "Figure 3"; nothing where there is none. */
export const numberLink = (input: ReportInput, id: string): Markup | undefined => {
  const number = numberOf(input, id)
  return number === '' ? undefined : markup`<a href="#${id}">${number}</a>`
}
