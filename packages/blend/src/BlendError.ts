/**
 * The one error of this package: films whose sizes do not agree, a query without any allowed neighbour, an option out
 * of range. `argument` names the parameter at fault, the message says how to recover.
 */
export class BlendError extends Error {
  readonly _tag = 'BlendError'
  readonly argument: string

  constructor(argument: string, message: string) {
    super(`${argument}: ${message}`)
    this.name = 'BlendError'
    this.argument = argument
  }
}

/** @throws BlendError when `pixels` does not hold height × width values */
export const assertPixels = (argument: string, pixels: ArrayLike<number>, height: number, width: number): void => {
  if (pixels.length !== height * width)
    throw new BlendError(argument, `has ${pixels.length} values, a film of ${height} × ${width} has ${height * width}`)
}
