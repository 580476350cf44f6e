/** What `writePhantomFolder` throws before it writes anything: a folder that is not its to fill, or an impossible option. */
export type PhantomFolderProblem = 'not-empty' | 'unfinished' | 'not-a-folder' | 'option'

export class PhantomFolderError extends Error {
  readonly _tag = 'PhantomFolderError'
  override readonly name = 'PhantomFolderError'
  /** Absolute. */
  readonly folder: string
  readonly reason: PhantomFolderProblem

  /** @param what the rest of a sentence that begins with the folder */
  constructor(folder: string, reason: PhantomFolderProblem, what: string, recovery: string, options?: ErrorOptions) {
    super(`${folder}: no phantom films were written, ${what}. ${recovery}`, options)
    this.folder = folder
    this.reason = reason
  }
}
