// An error as it goes between threads. Used by serveThread, and by streamFilms where it decodes without threads.
import type { ThreadFailure } from './mapOnThreads.ts'

const textOf = (error: object, key: string): string | undefined => {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}

/** Message and, of a typed error, `_tag`; told by what they hold, since errors of another realm are no instances of ours. */
export const failureOf = (error: unknown): ThreadFailure => {
  if (typeof error !== 'object' || error === null) return { failure: String(error) }
  return { failure: textOf(error, 'message') ?? 'an error without a message', tag: textOf(error, '_tag') }
}
