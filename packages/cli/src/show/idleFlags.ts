// Flags that would do nothing for what is shown are refused, so that nobody waits for what they promise.
import type { Arguments } from '../arguments/parseArguments.ts'
import type { OpenOutput } from '../open/OpenOutput.ts'
import { UsageError } from '../UsageError.ts'

type ShowFlag = 'rows' | 'all' | 'film' | 'csv' | 'out' | 'draw'
const all: ReadonlyArray<ShowFlag> = ['rows', 'all', 'film', 'csv', 'out', 'draw']

/** Throws `UsageError` for a flag that is given and is not among `taken`. */
export const refuseIdle = (given: Arguments, what: string, taken: ReadonlyArray<ShowFlag>): void => {
  const json = given.has('json')
  // JSON is of all rows, and is no picture
  const useful = json ? taken.filter((flag) => flag === 'all' || flag === 'film') : taken
  const idle = all.find((flag) => given.has(flag) && !useful.includes(flag))
  if (idle === undefined) return
  const form = json ? ' as JSON' : useful.includes('csv') && given.has('csv') ? ' as CSV' : ''
  const others = ['json', 'store', ...useful].filter((flag) => !(json && flag === 'json')).map((flag) => `--${flag}`)
  throw new UsageError(`--${idle} does nothing for ${what}${form}. It can be shown with ${others.join(', ')}.`)
}

/** What a port's flags are, by its kind. */
export const portFlags = ({ layout, kind, columns }: OpenOutput, csv: boolean): ReadonlyArray<ShowFlag> => {
  const ofFilms: ReadonlyArray<ShowFlag> = columns.includes('film') ? ['film'] : []
  if (csv && (layout === 'table' || kind === 'table')) return ['csv', 'all', ...ofFilms]
  if (layout === 'films') return ['rows', 'all', 'film', 'out', 'draw']
  if (layout === 'figure') return ['out']
  if (layout === 'network') return ['rows', 'all']
  if (kind === 'pictures') return ['rows', 'all', 'film', 'csv', 'out', 'draw']
  return layout === 'table' || kind === 'table' ? ['rows', 'all', 'csv', ...ofFilms] : []
}
