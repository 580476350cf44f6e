// Records of params and tags as the list of pairs that the server takes. Used by runs, batches and models.
import { checkRecord } from './checks.ts'
import { checkName } from './checkName.ts'
import { longValue } from './longValue.ts'

export interface Pair {
  readonly key: string
  readonly value: string
}

export const checkPairs = (
  field: string,
  record: unknown,
  longest: number,
  longValues: 'refuse' | 'cut',
): ReadonlyArray<Pair> =>
  Object.entries(checkRecord(field, record)).map(([key, value]) => ({
    key: checkName(`the key ${JSON.stringify(key)} of ${field}`, key),
    value: longValue(`${field}[${JSON.stringify(key)}]`, value, longest, longValues),
  }))
