/** What this package throws when a network is put together or called wrongly. `at` is the parameter's or layer's name. */
export class NetworkError extends Error {
  readonly _tag = 'NetworkError'
  override readonly name = 'NetworkError'
  readonly at: string

  constructor(at: string, message: string) {
    super(at === '' ? message : `${at}: ${message}`)
    this.at = at
  }
}
