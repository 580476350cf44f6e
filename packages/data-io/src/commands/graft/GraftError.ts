// What a graft throws beside the errors of the readers, before anything is written. The message names the file, what is
// wrong and how to recover; it never holds the value of a patient tag.

export type GraftProblem = 'unreadable' | 'view' | 'annotation' | 'box' | 'donor-box' | 'exists'

export class GraftError extends Error {
  readonly _tag = 'GraftError'
  override readonly name = 'GraftError'
  /** as given by the caller; for `exists`, the file that is in the way */
  readonly file: string
  readonly problem: GraftProblem

  /** @param what the rest of a sentence that begins with the file */
  constructor(file: string, problem: GraftProblem, what: string, recovery: string, options?: ErrorOptions) {
    super(`${file}: ${what}. ${recovery}`, options)
    this.file = file
    this.problem = problem
  }
}
