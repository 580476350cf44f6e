/** What every function of this package throws when an argument makes no sense: a negative count, an empty range. */
export class RandomArgumentError extends Error {
  readonly _tag = 'RandomArgumentError'
  override readonly name = 'RandomArgumentError'
  readonly argument: string
  readonly value: unknown

  constructor(argument: string, value: unknown, expected: string) {
    super(`${argument} is ${String(value)}, expected ${expected}`)
    this.argument = argument
    this.value = value
  }
}

/** Throws unless `n` is a whole number of at least zero. */
export const assertCount = (n: number, argument = 'n'): void => {
  if (!Number.isSafeInteger(n) || n < 0) throw new RandomArgumentError(argument, n, 'a whole number, zero or more')
}
