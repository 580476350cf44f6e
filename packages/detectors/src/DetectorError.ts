/** What this package throws when shapes, options or network files do not fit. */
export class DetectorError extends Error {
  readonly _tag = 'DetectorError'
  override readonly name = 'DetectorError'
  /** The exported function that was called. */
  readonly where: string

  constructor(where: string, message: string) {
    super(`${where}: ${message}`)
    this.where = where
  }
}
