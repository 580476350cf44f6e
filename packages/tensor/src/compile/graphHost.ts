// The seam between this package's root and its Node part: who loads a SavedModel into a session, and who reads and writes
// files. `loadRuntime` sets it; without it compiled functions run eagerly and nothing is kept.

export type GraphHost = {
  /** Loads a `saved_model.pb` and returns the id of its session. Leaves no file behind. */
  readonly load: (savedModel: Uint8Array) => number
  readonly files: GraphFiles
}

/** The disk, as far as graphs need it. */
export type GraphFiles = {
  /** TensorFlow's version: a part of what a kept graph is good for. */
  readonly tensorflow: string
  /** sha256 of the parts one after another, in hexadecimal. */
  readonly digest: (parts: ReadonlyArray<Uint8Array | string>) => string
  /** A file's bytes, or nothing where there is none. */
  readonly read: (folder: string, name: string) => Uint8Array | undefined
  /** Writes a file that is there whole or not at all; makes the folder. */
  readonly write: (folder: string, name: string, parts: ReadonlyArray<Uint8Array>) => void
}

let current: GraphHost | undefined

export const setGraphHost = (host: GraphHost): void => {
  current = host
}

export const graphHost = (): GraphHost | undefined => current
