/**
 * Arguments that no features can be made of: films of another size than was said, a strength that is not there, rows of two
 * extractors. `argument` names what is at fault, the message says how to recover.
 */
export class FeaturesError extends Error {
  readonly _tag = 'FeaturesError'
  readonly argument: string

  constructor(argument: string, message: string) {
    super(`${argument}: ${message}`)
    this.name = 'FeaturesError'
    this.argument = argument
  }
}
