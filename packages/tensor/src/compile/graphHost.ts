// The seam between this package's root and its Node part: who loads a SavedModel into a session. `loadRuntime` sets it;
// without it compiled functions run eagerly.

export type GraphHost = {
  /** Loads a `saved_model.pb` and returns the id of its session. Leaves no file behind. */
  readonly load: (savedModel: Uint8Array) => number
}

let current: GraphHost | undefined

export const setGraphHost = (host: GraphHost): void => {
  current = host
}

export const graphHost = (): GraphHost | undefined => current
