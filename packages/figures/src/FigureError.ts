/** What this package throws when pixels do not fill their picture or numbers cannot be drawn. */
export class FigureError extends Error {
  readonly _tag = 'FigureError'
  override readonly name = 'FigureError'
  /** The exported function that was called. */
  readonly where: string

  constructor(where: string, message: string) {
    super(`${where}: ${message}`)
    this.where = where
  }
}
