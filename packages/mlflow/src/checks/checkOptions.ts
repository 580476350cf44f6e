// A client's options with their defaults, checked once, when it is made.
import { MlflowValueError } from '../errors.ts'
import type { MlflowOptions } from '../MlflowOptions.ts'
import { checkName } from './checkName.ts'
import { checkInteger, checkOneOf } from './checks.ts'

/** A longer wait does not fit a timer, which would fire at once. */
const longestTimer = 2 ** 31 - 1

const checkMs = (field: string, value: unknown): number => {
  const ms = checkInteger(field, value, 1)
  if (ms > longestTimer) throw new MlflowValueError(field, `at most ${longestTimer} ms`, 'more')
  return ms
}

export const checkOptions = ({
  timeout = 30_000,
  artifactTimeout = 300_000,
  retries = 4,
  backoff = 500,
  fetch = globalThis.fetch,
  idTag = 'radiograft.id',
  longValues = 'refuse',
}: MlflowOptions) => ({
  timeout: checkMs('options.timeout', timeout),
  artifactTimeout: checkMs('options.artifactTimeout', artifactTimeout),
  retries: checkInteger('options.retries', retries, 0),
  backoff: checkMs('options.backoff', backoff),
  fetch,
  idTag: checkName('options.idTag', idTag),
  longValues: checkOneOf('options.longValues', longValues, ['refuse', 'cut']),
})
