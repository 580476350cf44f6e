/** What this package throws when films, labels, options or network files do not fit. */
export class ClassifierError extends Error {
  readonly _tag = 'ClassifierError'
  override readonly name = 'ClassifierError'
  /** The port, parameter or exported function that is wrong. */
  readonly where: string
  /** The films, classes or findings that it is about; empty where it is about none. */
  readonly names: ReadonlyArray<string>

  constructor(where: string, message: string, names: ReadonlyArray<string> = []) {
    super(`${where}: ${message}`)
    this.where = where
    this.names = names
  }
}
