import type { Film, FilmsOut } from '../kinds/films.ts'

/** All films that an entry writes, in its order. Errors of the stream are thrown here, where a store would meet them. */
export const collectFilms = async ({ films }: FilmsOut): Promise<ReadonlyArray<Film>> => {
  const all: Film[] = []
  for await (const film of films) all.push(film)
  return all
}
