// The value of a flag such as `--threads` or `--seed`.
import { UsageError } from '../UsageError.ts'
import type { Arguments } from './parseArguments.ts'

/** Throws `UsageError` unless it is a whole number from `least` to `most`; undefined when the flag is absent. */
export const wholeNumber = (given: Arguments, name: string, least: number, most: number): number | undefined => {
  const text = given.get(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`--${name} '${text}': expected a whole number from ${least} to ${most}.`)
  return value
}
