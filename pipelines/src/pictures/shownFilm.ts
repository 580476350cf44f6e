// A film at the size that figures show: large films are averaged down, so that a run's figures stay a few megabytes
// whatever the films' size; small ones stay as they are, for the page enlarges them.
import type { FilmPicture, OverlayBox } from '@radiograft/figures'
import { resizeArea, scaleBox } from '@radiograft/geometry'
import type { Films } from '@radiograft/pipeline'

/** Longer side of a shown film at most, pixels; what `filmStrip` gives it on the page. */
export const SHOWN = 128

/** @param pixels [height, width], row-major, in [0, 1] */
export const shownPicture = (pixels: Float32Array, height: number, width: number): FilmPicture => {
  const scale = Math.min(1, SHOWN / Math.max(height, width))
  if (scale === 1) return { pixels, height, width }
  const [rows, columns] = [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))]
  return { pixels: resizeArea(pixels, height, width, rows, columns), height: rows, width: columns }
}

/** One film of a collection by its id, and its boxes with it. */
export const shownFilm = async (
  films: Films,
  id: string,
  boxes: ReadonlyArray<OverlayBox> = [],
): Promise<{ readonly film: FilmPicture; readonly boxes: ReadonlyArray<OverlayBox> }> => {
  const [pixels] = await films.rows([films.indexOf(id)])
  const film = shownPicture(pixels!, films.height, films.width)
  const [x, y] = [film.width / films.width, film.height / films.height]
  return { film, boxes: boxes.map((overlay) => ({ ...overlay, box: scaleBox(overlay.box, x, y) })) }
}
