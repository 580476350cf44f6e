// What `inputGradient` throws.

/** An op whose second derivative is wrong or missing stands where one is needed. `op` is tfjs's name of it. */
export class SecondOrderError extends Error {
  readonly _tag = 'SecondOrderError'
  override readonly name = 'SecondOrderError'
  readonly op: string
  /** The layer, as `withOpScope` named it, or empty. */
  readonly at: string

  constructor(op: string, at: string, problem: string) {
    super(`${at === '' ? '' : `${at}: `}${op} ${problem}`)
    this.op = op
    this.at = at
  }
}
