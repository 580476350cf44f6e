// Param and tag values that are too long. A server keeps their beginning and says nothing; here they are refused, or cut so
// that the end says so and values with one beginning stay apart.
import { createHash } from 'node:crypto'
import { MlflowValueError } from '../errors.ts'
import { firstCharacters, lengthOf } from './characters.ts'
import { checkText } from './checks.ts'

export const longestParam = 6000
export const longestTag = 8000

/** @param max in characters */
export const longValue = (field: string, value: unknown, max: number, longValues: 'refuse' | 'cut'): string => {
  const text = checkText(field, value)
  if (text.length <= max) return text
  const length = lengthOf(text)
  if (length <= max) return text
  if (longValues === 'refuse')
    throw new MlflowValueError(
      field,
      `at most ${max} characters long (put it into an artifact, or make the client with longValues: 'cut')`,
      `a text of ${length} characters`,
    )
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const mark = ` … [cut: ${length} characters, sha256 ${digest}]`
  return firstCharacters(text, max - lengthOf(mark)) + mark
}
