// What the user wrote cannot be done: exit code 2, one message, nothing computed.

export class UsageError extends Error {
  readonly _tag = 'UsageError'
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'UsageError'
  }
}
