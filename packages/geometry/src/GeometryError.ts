/** What this package throws when sizes do not fit, a map has no inverse or a number is not finite. */
export class GeometryError extends Error {
  readonly _tag = 'GeometryError'
  override readonly name = 'GeometryError'
  /** The exported function that was called. */
  readonly where: string

  constructor(where: string, message: string) {
    super(`${where}: ${message}`)
    this.where = where
  }
}

/** Throws unless `pixels` holds exactly height x width numbers and both are whole and positive. */
export const assertFilm = (where: string, pixels: ArrayLike<number>, height: number, width: number): void => {
  assertSize(where, height, width)
  if (pixels.length !== height * width) {
    throw new GeometryError(where, `${pixels.length} pixels are no film of ${height} x ${width} (${height * width})`)
  }
}

/** Throws unless height and width are whole and positive. */
export const assertSize = (where: string, height: number, width: number): void => {
  if (!Number.isSafeInteger(height) || !Number.isSafeInteger(width) || height < 1 || width < 1) {
    throw new GeometryError(
      where,
      `a film of ${height} x ${width} has no pixels: height and width are whole and positive`,
    )
  }
}
