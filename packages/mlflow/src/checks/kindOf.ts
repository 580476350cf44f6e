// What a value is, in words and without the value: an error may be printed where the value may not. Used by every check.
import { lengthOf } from './characters.ts'

const kindOfNumber = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return 'an infinity'
  if (!Number.isInteger(value)) return 'a number with a fraction'
  if (!Number.isSafeInteger(value)) return 'an integer beyond 2^53'
  return value < 0 ? 'a negative integer' : 'an integer'
}

export const kindOf = (value: unknown): string => {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return kindOfNumber(value)
  if (typeof value === 'string') return value === '' ? 'an empty text' : `a text of ${lengthOf(value)} characters`
  if (typeof value === 'object') return 'an object'
  return `a ${typeof value}`
}
