// The pictures of the report's viewer for people: a row a film, its layers side by side.
import type { PictureRow } from '@radiograft/pipeline'
import type { OpenOutput } from '../open/OpenOutput.ts'
import { gapGrey } from './filmGrid.ts'
import { gridLines } from './gridLines.ts'
import { pictureFile } from './pictureFile.ts'
import type { PortOptions } from './PortOptions.ts'

const gridFilms = 8
/** A grid of more would be a picture of gigabytes. */
const mostGridFilms = 100

/** One picture as large as its cell allows, of its own proportions; the grey between films around it, and where a film has none. */
const cellOf = async (
  row: PictureRow | undefined,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Float32Array> => {
  if (!row) return new Float32Array(width * height).fill(gapGrey / 255)
  const { default: sharp } = await import('sharp')
  const background = { r: gapGrey, g: gapGrey, b: gapGrey }
  const grey = await sharp(row.png)
    .resize(width, height, { fit: 'contain', background })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  return Float32Array.from(grey, (value) => value / 255)
}

/** `rows`: of the films asked for. */
export const layerLines = async (
  output: Pick<OpenOutput, 'stage' | 'port'>,
  rows: ReadonlyArray<PictureRow>,
  options: PortOptions,
): Promise<ReadonlyArray<string>> => {
  const films = [...new Set(rows.map(({ film }) => film))]
  const most = options.all || options.films.length > 0 ? mostGridFilms : (options.rows ?? gridFilms)
  const shown = films.slice(0, Math.min(most, mostGridFilms))
  if (shown.length === 0) return ['no pictures']
  const file = pictureFile(output, options, 'png')
  const some = rows.filter(({ film }) => shown.includes(film))
  const layers = [...new Set(some.toSorted((a, b) => a.order - b.order).map(({ layer }) => layer))]
  const size = {
    width: some.reduce((most, { width }) => Math.max(most, width), 1),
    height: some.reduce((most, { height }) => Math.max(most, height), 1),
  }
  const pixels: Float32Array[] = []
  for (const film of shown)
    for (const layer of layers)
      pixels.push(
        await cellOf(
          some.find((row) => row.film === film && row.layer === layer),
          size,
        ),
      )
  return [
    `${rows.length} pictures of ${films.length} films, up to ${size.height} × ${size.width} pixels`,
    `layers, left to right: ${layers.join(', ')}`,
    ...(await gridLines({ pixels, size, across: layers.length, window: [0, 1], rows: shown }, file, options)),
    ...(films.length > shown.length
      ? [
          options.paint.dim(
            `${films.length - shown.length} more film${films.length - shown.length === 1 ? '' : 's'}: --rows <n>, --all, --film <id>`,
          ),
        ]
      : []),
    options.paint.dim('its rows: --csv, --json'),
  ]
}
