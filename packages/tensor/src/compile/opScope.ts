// Names for the parts of a network, so that a failure inside a compiled graph says which layer it was in.
// Layers in `nn` wrap their calls; outside of a trace it costs a push and a pop.

const path: Array<string> = []

/** Runs `body` under `name`; the ops traced meanwhile are called `<outer>/<name>/…`. */
export const withOpScope = <A>(name: string, body: () => A): A => {
  path.push(name.replace(/[^A-Za-z0-9_.\\/-]/g, '_'))
  try {
    return body()
  } finally {
    path.pop()
  }
}

/** The current path with a trailing slash, or empty. */
export const opScopePath = (): string => path.map((name) => `${name}/`).join('')
