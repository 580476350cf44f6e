// A parameter or axis whose value does not fit its schema or its default's type.

export class InvalidValueError extends Error {
  readonly _tag = 'InvalidValueError'
  /** such as `fit-detector.steps` */
  readonly parameter: string
  readonly value: unknown
  constructor(parameter: string, value: unknown, detail: string, options?: { readonly cause?: unknown }) {
    super(`${parameter} = ${typeof value === 'string' ? `'${value}'` : JSON.stringify(value)}: ${detail}`, options)
    this.name = 'InvalidValueError'
    this.parameter = parameter
    this.value = value
  }
}
