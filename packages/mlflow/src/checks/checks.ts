// The rules of single values, checked before a request is made of them: the server drops what it cannot parse, and everything
// after it, and answers 200. Each returns the value, or throws an error that names the field. Used by all operations.
import { MlflowValueError } from '../errors.ts'
import { lengthOf } from './characters.ts'
import { kindOf } from './kindOf.ts'

const refuse = (field: string, wanted: string, value: unknown): never => {
  throw new MlflowValueError(field, wanted, kindOf(value))
}

/** Half a surrogate pair, or NUL: some databases refuse them, and the server answers 500. */
const unstorable = /\0|\p{Surrogate}/u

/** @param max in characters; 0 for none */
export const checkText = (field: string, value: unknown, max = 0): string => {
  if (typeof value !== 'string') return refuse(field, 'a text', value)
  if (unstorable.test(value))
    throw new MlflowValueError(field, 'a text that can be stored', 'one with NUL or half a surrogate pair in it')
  if (max > 0 && value.length > max && lengthOf(value) > max)
    return refuse(field, `at most ${max} characters long`, value)
  return value
}

export const checkFilled = (field: string, value: unknown, max = 0): string =>
  checkText(field, value, max).trim() === '' ? refuse(field, 'a text that is not blank', value) : (value as string)

export const checkInteger = (field: string, value: unknown, min = -Number.MAX_SAFE_INTEGER): number =>
  Number.isSafeInteger(value) && (value as number) >= min
    ? (value as number)
    : refuse(field, min === 0 ? 'an integer that is not negative' : 'an integer', value)

/** Milliseconds since 1970. */
export const checkTime = (field: string, value: unknown): number => checkInteger(field, value, 0)

export const checkNumber = (field: string, value: unknown): number =>
  typeof value === 'number' ? value : refuse(field, 'a number', value)

export const checkOneOf = <A extends string>(field: string, value: unknown, names: ReadonlyArray<A>): A =>
  names.includes(value as A) ? (value as A) : refuse(field, `one of ${names.join(', ')}`, value)

/** A record of anything: no array, no null. */
export const checkRecord = (field: string, value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(field, 'an object', value)

export const checkList = (field: string, value: unknown): ReadonlyArray<unknown> =>
  Array.isArray(value) ? value : refuse(field, 'an array', value)

const checkPattern = (field: string, value: unknown, pattern: RegExp, wanted: string): string =>
  typeof value === 'string' && pattern.test(value) ? value : refuse(field, wanted, value)

export const checkRunId = (field: string, value: unknown): string =>
  checkPattern(field, value, /^[a-zA-Z0-9][\w-]{0,255}$/, 'a run id: letters, digits, _ and -')

export const checkExperimentId = (field: string, value: unknown): string =>
  checkPattern(field, value, /^[a-zA-Z0-9][\w-]{0,63}$/, 'an experiment id, as a text')

/** An id of the caller's own that stands in a tag and in a search for it. */
export const checkOwnId = (field: string, value: unknown): string =>
  checkPattern(field, value, /^[\w.:/-]{1,250}$/, '1 to 250 letters, digits and _ . : / -')

/** The version of a model, counted by the server. */
export const checkVersion = (field: string, value: unknown): string =>
  checkPattern(field, value, /^[1-9]\d{0,17}$/, 'a version: the digits of a number')
