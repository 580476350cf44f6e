// The choice and whoever draws from it. Every change goes through `set`; every part then draws what it shows.

export interface Store<State> {
  get(): State
  set(change: Partial<State>): void
  /** @param draw called with the state now, and before (the same at first) */
  follow(draw: (now: State, before: State) => void): void
}

export const makeStore = <State>(first: State): Store<State> => {
  let state = first
  const followers: Array<(now: State, before: State) => void> = []
  return {
    get: () => state,
    set: (change) => {
      const before = state
      state = { ...state, ...change }
      for (const follower of followers) follower(state, before)
    },
    follow: (draw) => {
      followers.push(draw)
      draw(state, state)
    },
  }
}
