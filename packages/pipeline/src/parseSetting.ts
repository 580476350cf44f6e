// Values of `--set name=value`: text turned into the type of the value that it replaces.
import { InvalidValueError } from './InvalidValueError.ts'

/** Text read as the type of `like`: numbers, true/false, text as it is, JSON for arrays and records. */
export const parseLike = (name: string, text: string, like: unknown): unknown => {
  if (typeof like === 'string') return text
  if (typeof like === 'number') {
    const value = Number(text)
    if (text.trim() === '' || Number.isNaN(value)) throw new InvalidValueError(name, text, 'expected a number')
    return value
  }
  if (typeof like === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new InvalidValueError(name, text, 'expected true or false')
    return text === 'true'
  }
  try {
    return JSON.parse(text)
  } catch {
    // a bare word where the default is null or a list of words
    if (Array.isArray(like)) return text.split(',')
    if (like === null || like === undefined) return text
    throw new InvalidValueError(name, text, 'expected JSON')
  }
}
