// A collection of films for people: a grid of its first ones, or of those asked for.
import type { OpenOutput } from '../open/OpenOutput.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { rangeOf, windowOf } from './filmGrid.ts'
import { gridLines } from './gridLines.ts'
import { pictureFile } from './pictureFile.ts'
import type { PortOptions } from './PortOptions.ts'

const gridFilms = 25
/** A grid of more would be a picture of gigabytes. */
const mostGridFilms = 400

/** Rejects with `UnknownFilmError`. */
export const filmLines = async (output: OpenOutput, options: PortOptions): Promise<ReadonlyArray<string>> => {
  const films = await output.films()
  const most = options.all ? mostGridFilms : Math.min(options.rows ?? gridFilms, mostGridFilms)
  const places =
    options.films.length > 0
      ? options.films.map((film) => films.indexOf(film))
      : Array.from({ length: Math.min(most, films.size) }, (_, i) => i)
  const shape = `${films.height} × ${films.width} pixels, ${String(output.artefact.meta['storage'])}`
  if (places.length === 0) return [`${shape}; no films`]
  const file = pictureFile(output, options, 'png')
  const pixels = await films.rows(places)
  const range = rangeOf(pixels)
  const window = windowOf(range)
  const across = Math.ceil(Math.sqrt(places.length))
  const rows = Array.from({ length: Math.ceil(places.length / across) }, (_, row) =>
    places
      .slice(row * across, (row + 1) * across)
      .map((place) => films.ids[place])
      .join(' '),
  )
  return [
    shape,
    `range ${formatNumber(range.low)} to ${formatNumber(range.high)}, mean ${formatNumber(range.mean)}, of the ${pixels.length} shown`,
    `drawn from ${formatNumber(window[0])} (black) to ${formatNumber(window[1])} (white)`,
    ...(await gridLines({ pixels, size: films, across, window, rows }, file, options)),
    ...(films.size > places.length && options.films.length === 0
      ? [options.paint.dim(`${films.size - places.length} more films: --rows <n>, --all, --film <id>`)]
      : []),
  ]
}
