// Names for the parts of a network, so that a failure inside a compiled graph says which layer it was in, and a profile
// can add up the time of a layer. Layers in `nn` wrap their calls; outside of a trace it costs an assignment.

/** The names around the op that is being made, outermost first. */
export type OpScope = ReadonlyArray<string>

let current: OpScope = []

// What TensorFlow takes as part of an op's name; the whole may not begin with a sign.
const clean = (name: string) => name.replace(/[^A-Za-z0-9_.\\/-]/g, '_').replace(/^[^A-Za-z0-9.]/, '.$&')

/**
 * Runs `body` under `name`; the ops traced meanwhile are called `<outer>/<name>/…`, and those of their gradients
 * `<outer>/<name>/grad/…`. Names change no number: seeds do not depend on them.
 */
export const withOpScope = <A>(name: string, body: () => A): A => {
  const outer = current
  current = [...outer, clean(name)]
  try {
    return body()
  } finally {
    current = outer
  }
}

/** The current scope. */
export const opScope = (): OpScope => current

/** Makes a scope the current one, for what cannot be wrapped: the walk back over the tape. */
export const enterOpScope = (scope: OpScope): void => {
  current = scope
}

/** The current path with a trailing slash, or empty. */
export const opScopePath = (): string => current.map((name) => `${name}/`).join('')
