// The one error of this package.

/** Films, options or stored networks that do not fit a model. `subject` names what is at fault, the message how to recover. */
export class GanModelsError extends Error {
  readonly _tag = 'GanModelsError'
  override readonly name = 'GanModelsError'
  readonly subject: string

  constructor(subject: string, problem: string) {
    super(`${subject}: ${problem}`)
    this.subject = subject
  }
}
