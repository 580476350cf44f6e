/**
 * The one error of this package: arguments that cannot be scored (lengths that differ, a threshold outside [0, 1],
 * the same film tuned on and reported). `argument` names the parameter at fault, the message says how to recover.
 */
export class MetricError extends Error {
  readonly _tag = 'MetricError'
  readonly argument: string

  constructor(argument: string, message: string) {
    super(`${argument}: ${message}`)
    this.name = 'MetricError'
    this.argument = argument
  }
}
