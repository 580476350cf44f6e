import type { Film, Films } from '../kinds/films.ts'
import { UnknownNameError } from '../UnknownNameError.ts'

/**
 * Square films that are made when they are read: `pixelsOf` gives [side · side] in [0, 1]. `seen` are the ids that were
 * read by position. An id that is not theirs throws, as it does in stored films: here `UnknownNameError`.
 */
export const filmsInMemory = (
  ids: ReadonlyArray<string>,
  side: number,
  pixelsOf: (id: string, index: number) => Float32Array,
): Films & { readonly seen: ReadonlySet<string> } => {
  const seen = new Set<string>()
  return {
    size: ids.length,
    ids,
    height: side,
    width: side,
    indexOf: (id) => {
      const index = ids.indexOf(id)
      if (index < 0) throw new UnknownNameError('film', id, ids)
      return index
    },
    rows: async (indices) =>
      indices.map((i) => {
        seen.add(ids[i]!)
        return pixelsOf(ids[i]!, i)
      }),
    async *stream(): AsyncIterable<Film> {
      for (const [i, id] of ids.entries()) yield { id, pixels: pixelsOf(id, i) }
    },
    seen,
  }
}
