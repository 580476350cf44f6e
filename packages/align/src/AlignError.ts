// The one error of this package.

/** Alignment was asked of films that do not allow it. */
export class AlignError extends Error {
  readonly _tag = 'AlignError'
  readonly subject: string
  constructor(subject: string, problem: string) {
    super(`${subject}: ${problem}`)
    this.name = 'AlignError'
    this.subject = subject
  }
}
