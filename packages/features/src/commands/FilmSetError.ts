/** Films that cannot be measured beside each other: of other sizes, too few, too many. The message names the file and the flag that helps. */
export class FilmSetError extends Error {
  readonly _tag = 'FilmSetError'
  override readonly name = 'FilmSetError'
  readonly folder: string
  /** absolute path of the film at fault, where it is one */
  readonly file: string | undefined

  constructor(folder: string, what: string, file?: string) {
    super(`${file ?? folder}: ${what}`)
    this.folder = folder
    this.file = file
  }
}
