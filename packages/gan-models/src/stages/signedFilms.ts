// Films of a collection as networks see them: box-averaged to one size, in [−1, 1]. Used by the entries of both fits.
import { asUnit, resizeArea, toSigned, type SignedPixels } from '@radiograft/geometry'
import type { Films } from '@radiograft/pipeline'

/** Films by id, in the order asked for, read when asked for: nothing is kept. */
export type ReadSigned = (ids: ReadonlyArray<string>) => Promise<ReadonlyArray<SignedPixels>>

export const signedFilms =
  (films: Films, size: number): ReadSigned =>
  async (ids) => {
    const rows = await films.rows(ids.map((id) => films.indexOf(id)))
    return rows.map((pixels) => toSigned(asUnit(resizeArea(pixels, films.height, films.width, size, size))))
  }
