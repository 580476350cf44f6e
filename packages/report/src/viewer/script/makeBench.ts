/// <reference lib="dom" />
import type { Bench } from './Bench.ts'
import { chooseFilms } from './chooseFilms.ts'
import type { Choice } from './Choice.ts'
import type { Films } from './readData.ts'
import { makeStore } from './Store.ts'

export const makeBench = ({ data, address }: Films, first: Choice): Bench => {
  const store = makeStore(first)
  let filtered: Choice | undefined
  let list: ReadonlyArray<number> = []
  const passing = (): ReadonlyArray<number> => {
    const now = store.get()
    const same =
      filtered &&
      (['search', 'class', 'part', 'outcome', 'arm', 'against', 'sort'] as const).every(
        (name) => filtered![name] === now[name],
      )
    if (!same) {
      list = chooseFilms(data.films, now)
      filtered = now
    }
    return list
  }
  return {
    data,
    address,
    store,
    probe: makeStore({ at: undefined }),
    passing,
    filter: (change) => {
      const now = { ...store.get(), ...change }
      const left = chooseFilms(data.films, now)
      store.set(left.length === 0 || left.includes(now.film) ? change : { ...change, film: left[0]! })
    },
    step: (by) => {
      const films = passing()
      const next = films[films.indexOf(store.get().film) + by]
      if (next !== undefined) store.set({ film: next })
    },
  }
}
