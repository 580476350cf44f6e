// Films of a collection as one block of pixels at a size, for measures that take all of them at once.
import { resizeArea } from '@radiograft/geometry'
import type { Films } from '@radiograft/pipeline'
import type { FilmSet } from '../distribution/filmSet.ts'

/** Films in memory at their own size. */
const AT_ONCE = 64

/**
 * @param unitOf whose film it is
 * @param size of the films returned; averaged over areas where they shrink
 * @returns float32 in [0, 1], named `area-64x64` where films came from another size
 */
export const readFilms = async (
  films: Films,
  ids: ReadonlyArray<string>,
  unitOf: (film: string) => string,
  { height, width }: { readonly height: number; readonly width: number },
): Promise<FilmSet> => {
  const pixels = new Float32Array(ids.length * height * width)
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const read = await films.rows(ids.slice(from, from + AT_ONCE).map((id) => films.indexOf(id)))
    read.forEach((film, i) =>
      pixels.set(resizeArea(film, films.height, films.width, height, width), (from + i) * height * width),
    )
  }
  const same = films.height === height && films.width === width
  return {
    pixels,
    count: ids.length,
    height,
    width,
    units: ids.map(unitOf),
    resizeFilter: same ? 'none' : `area-${height}x${width}`,
  }
}
