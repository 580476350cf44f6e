// Why a function cannot become a graph, with the line of the caller's code that asks for the impossible.

/** A step or function that cannot be compiled, or a compiled graph that failed. */
export class CompiledStepError extends Error {
  readonly _tag = 'CompiledStepError'
  /** The TensorFlow op, input, output or log concerned, where there is one. */
  readonly subject: string | undefined
  /** `file:line:column` of the caller's code, where it is known. */
  readonly at: string | undefined
  constructor(
    message: string,
    options: { readonly subject?: string; readonly at?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(
      options.at === undefined ? message : `${message}\n  at ${options.at}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = 'CompiledStepError'
    this.subject = options.subject
    this.at = options.at
  }
}

const here = new URL('..', import.meta.url)

const ours = (line: string) => (line.includes(here.href) || line.includes(here.pathname)) && !line.includes('.test.')
// Source maps give tfjs its own paths, without node_modules.
const foreign = (line: string) => /node_modules|node:|<anonymous>|tfjs-[a-z-]+\/(src|dist)\//.test(line)

/** The stack at this moment; its lines are worked out when they are asked for, which costs more than taking it. */
const stackHere = (): Error => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 100
  const error = new Error()
  Error.stackTraceLimit = limit
  return error
}

const callerIn = ({ stack }: Error): string | undefined => {
  const frame = stack
    ?.split('\n')
    .slice(1)
    .find((line) => !foreign(line) && !ours(line))
  return frame?.replace(/^\s*at (?:.*\()?/, '').replace(/\)$/, '')
}

/** The innermost frame of the current stack that is neither this package nor a dependency. */
export const callerLine = (): string | undefined => callerIn(stackHere())

/** The same, for later. */
export const callerLineLater = (): (() => string | undefined) => {
  const error = stackHere()
  return () => callerIn(error)
}
