// Digests of files that may be the same to the byte. Used by describeData.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FolderFilm } from '../folder/FilmFolder.ts'
import { mapBounded } from '../folder/mapBounded.ts'

/** Files read at a time. */
const AT_A_TIME = 8

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** By film; a film whose file alone has its length is left out, and its file is not read. */
export const sameFiles = async (
  films: ReadonlyArray<Pick<FolderFilm, 'film' | 'path'>>,
): Promise<ReadonlyMap<string, string>> => {
  const sizes = await mapBounded(films, AT_A_TIME, async ({ path }) => (await stat(path)).size)
  const times = new Map<number, number>()
  for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1)
  const shared = films.filter((_, i) => times.get(sizes[i]!)! > 1)
  const digests = await mapBounded(shared, AT_A_TIME, ({ path }) => digestOf(path))
  return new Map(shared.map(({ film }, i) => [film, digests[i]!]))
}
