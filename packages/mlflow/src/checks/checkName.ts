// The rule of metric, param and tag names: letters and digits of any script, _ - . : space and /, and as a path equal to
// itself when made normal. Used before anything is logged, and by `metricName`.
import { MlflowValueError } from '../errors.ts'
import { lengthOf } from './characters.ts'
import { kindOf } from './kindOf.ts'

export const longestName = 250

// Python's \w: letters and numbers; unlike JavaScript's it knows all scripts. Combining marks are not among them.
const legal = /^[\p{L}\p{N}_/.\- :]+$/u
export const illegalCharacters = /[^\p{L}\p{N}_/.\- :]+/gu

/** What breaks the rule, or undefined. */
export const wrongWithName = (name: string): string | undefined => {
  if (name === '') return 'empty'
  if (!legal.test(name)) {
    const bad = new Set(name.match(illegalCharacters)?.flatMap((run) => Array.from(run)))
    return `one with ${[...bad].map((c) => JSON.stringify(c)).join(' ')}`
  }
  if (name.startsWith('..')) return 'one that starts with ..'
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return 'a path with an empty part, . or ..'
  return lengthOf(name) > longestName ? `one of ${lengthOf(name)} characters` : undefined
}

export const checkName = (field: string, value: unknown): string => {
  const wrong = typeof value === 'string' ? wrongWithName(value) : kindOf(value)
  if (wrong === undefined) return value as string
  throw new MlflowValueError(
    field,
    `a name of 1 to ${longestName} letters, digits, _ - . : spaces and /, and a normal relative path`,
    `${wrong} (metricName makes a legal name of any text)`,
  )
}
