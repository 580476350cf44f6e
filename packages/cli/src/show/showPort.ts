// What a stage made on one port, for people: by kind a table, a grid of films, a figure's file, tensors, curves.
import { writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Figure, Network, SeriesRow, Table } from '@radiograft/pipeline'
import { makeWritable } from '../files/runFolders.ts'
import type { OpenOutput } from '../open/OpenOutput.ts'
import { formatBytes } from '../text/formatBytes.ts'
import { formatNumber } from '../text/formatNumber.ts'
import type { Paint } from '../text/paint.ts'
import { UsageError } from '../UsageError.ts'
import { blockLines, sixelOf } from './drawPicture.ts'
import type { Drawing } from './drawPicture.ts'
import { filmGrid, pngOf, rangeOf, resized, windowOf } from './filmGrid.ts'
import { networkLines } from './networkLines.ts'
import { plotLines } from './plotLines.ts'
import { csvOf, jsonText } from './tableFiles.ts'
import { cut, tableLines } from './tableLines.ts'

export interface PortOptions {
  /** undefined for the kind's own number */
  readonly rows: number | undefined
  readonly all: boolean
  readonly films: ReadonlyArray<string>
  readonly as: 'text' | 'csv' | 'json'
  /** where a picture goes; undefined for the run folder's show/ */
  readonly out: string | undefined
  readonly drawing: Drawing
  readonly folder: string
  readonly columns: number
  readonly paint: Paint
}

const tableRows = 20
const gridFilms = 25
/** A grid of more would be a picture of gigabytes. */
const mostGridFilms = 400
const mostCurves = 8
/** A film is drawn in the terminal at least this wide. */
const drawnWidth = 38
const widestSixel = 800

/** Where a picture is written: `--out`, or `show/<stage>.<port>.<extension>` in the run folder. */
const fileFor = (output: OpenOutput, { out, folder }: PortOptions, extension: string): string => {
  if (out !== undefined) {
    makeWritable(dirname(resolve(out)), 'the folder of the picture', '--out')
    return resolve(out)
  }
  const name = `${output.stage}.${output.port}`.replaceAll(/[^A-Za-z0-9.=_-]+/g, '-')
  return join(makeWritable(join(folder, 'show'), 'the folder for pictures', '--out'), `${name}.${extension}`)
}

type Row = Readonly<Record<string, unknown>>

/** The rows of the films asked for; all where none is. */
const chosenRows = (rows: ReadonlyArray<Row>, { films }: PortOptions): ReadonlyArray<Row> => {
  if (films.length === 0) return rows
  if (rows.length > 0 && !('film' in rows[0]!)) throw new UsageError('--film: this table has no column film.')
  return rows.filter((row) => films.includes(String(row['film'])))
}

const head = async (output: OpenOutput, paint: Paint): Promise<ReadonlyArray<string>> => {
  const { blobs, faults, readable } = await output.verify()
  const bad = faults.map(({ digest, fault }) => `blob ${digest.slice(0, 12)} is ${fault}`)
  const checked =
    bad.length > 0
      ? paint.red(bad.join('; '))
      : readable
        ? paint.green(`verified: ${blobs} blob${blobs === 1 ? '' : 's'} whole`)
        : paint.red('written under another version of this kind: it cannot be read now')
  return [
    `${paint.bold(`${output.stage}.${output.port}`)}  ${output.kind}, ${output.rows} ${unitOf(output)}, ${formatBytes(output.bytes)}`,
    `digest ${output.digest.slice(0, 12)}, ${checked}`,
  ]
}
const unitOf = ({ layout, rows }: OpenOutput): string =>
  ({ films: 'film', network: 'tensor', table: 'row', figure: 'picture', json: 'value' })[layout] +
  (rows === 1 ? '' : 's')

const filmLines = async (output: OpenOutput, options: PortOptions): Promise<ReadonlyArray<string>> => {
  const films = await output.films()
  const most = options.all ? mostGridFilms : Math.min(options.rows ?? gridFilms, mostGridFilms)
  const places =
    options.films.length > 0
      ? options.films.map((film) => films.indexOf(film))
      : Array.from({ length: Math.min(most, films.size) }, (_, i) => i)
  const shape = `${films.height} × ${films.width} pixels, ${String(output.artefact.meta['storage'])}`
  if (places.length === 0) return [`${shape}; no films`]
  const pixels = await films.rows(places)
  const range = rangeOf(pixels)
  const [black, white] = windowOf(range)
  const across = Math.ceil(Math.sqrt(places.length))
  const grid = filmGrid(pixels, films, across, [black, white])
  // small films grow by whole pixels
  const times = Math.max(1, Math.floor(128 / films.width))
  const file = fileFor(output, options, 'png')
  writeFileSync(file, await pngOf(await resized(grid, grid.width * times)))
  const { drawing, columns, paint } = options
  const beside = Math.max(1, Math.min(pixels.length, Math.floor(columns / drawnWidth)))
  const few = filmGrid(pixels.slice(0, beside), films, beside, [black, white])
  const drawn =
    drawing === 'none'
      ? []
      : drawing === 'sixel'
        ? [sixelOf(await resized(grid, Math.min(widestSixel, grid.width * times)))]
        : [...blockLines(await resized(few, Math.min(columns, beside * 64)), drawing), paint.dim(`the first ${beside}`)]
  return [
    shape,
    `range ${formatNumber(range.low)} to ${formatNumber(range.high)}, mean ${formatNumber(range.mean)}, of the ${pixels.length} shown`,
    `drawn from ${formatNumber(black)} (black) to ${formatNumber(white)} (white)`,
    ...drawn,
    `picture  ${file}`,
    ...Array.from({ length: Math.ceil(places.length / across) }, (_, row) =>
      paint.dim(
        cut(
          `  row ${row + 1}: ${places
            .slice(row * across, (row + 1) * across)
            .map((place) => films.ids[place])
            .join(' ')}`,
          columns,
        ),
      ),
    ),
    ...(films.size > places.length && options.films.length === 0
      ? [paint.dim(`${films.size - places.length} more films: --rows <n>, --all, --film <id>`)]
      : []),
  ]
}

const figureLines = async (output: OpenOutput, options: PortOptions): Promise<ReadonlyArray<string>> => {
  const { title, caption, row, mediaType, bytes }: Figure = await output.figure()
  const file = fileFor(output, options, mediaType === 'image/png' ? 'png' : 'svg')
  writeFileSync(file, bytes)
  return [`${options.paint.bold(title)}${row === '' ? '' : ` (${row})`}`, caption, `figure   ${file}`]
}

const seriesLines = (rows: ReadonlyArray<SeriesRow>, { columns, paint }: PortOptions): ReadonlyArray<string> => {
  const names = [...new Set(rows.map(({ name }) => name))]
  return [
    ...names
      .slice(0, mostCurves)
      .flatMap((name) => ['', ...plotLines({ name, points: rows.filter((row) => row.name === name) }, columns)]),
    ...(names.length > mostCurves ? ['', `also: ${names.slice(mostCurves).join(', ')}`] : []),
    '',
    paint.dim('its values: --rows <n>, --all, --csv'),
  ]
}

const bodyOf = async (output: OpenOutput, options: PortOptions): Promise<ReadonlyArray<string>> => {
  const { columns, paint, all, rows } = options
  const most = all ? Infinity : (rows ?? tableRows)
  if (output.layout === 'films') return filmLines(output, options)
  if (output.layout === 'figure') return figureLines(output, options)
  if (output.layout === 'network')
    return networkLines((await output.network()) satisfies Network, all ? Infinity : (rows ?? 60), columns, paint)
  if (output.kind === 'series' && rows === undefined && !all && options.films.length === 0)
    return seriesLines((await output.table()) as unknown as ReadonlyArray<SeriesRow>, options)
  if (output.kind === 'table') {
    const { title, note, columns: names } = (await output.value()) as Table
    const lines = tableLines(names, await output.table(), most, columns, paint)
    return [paint.bold(title), ...lines, ...(note ? [paint.dim(note)] : [])]
  }
  if (output.layout === 'table')
    return tableLines(output.columns, chosenRows(await output.table(), options), most, columns, paint)
  return [JSON.stringify(await output.value(), undefined, 2)]
}

/** Text of a port. Rejects with a store error where a blob is missing or damaged. */
export const showPort = async (output: OpenOutput, options: PortOptions): Promise<string> => {
  const isRows = output.layout === 'table' || output.kind === 'table'
  if (options.as === 'csv') {
    if (!isRows) throw new UsageError(`--csv is of tables; ${output.stage}.${output.port} is ${output.kind}.`)
    const rows = chosenRows(await output.table(), options)
    const names = output.layout === 'table' ? output.columns : Object.keys(rows[0] ?? {})
    return csvOf(names, rows)
  }
  if (options.as === 'json') {
    if (isRows) return jsonText(chosenRows(await output.table(), options))
    const { stage, port, kind, rows, bytes, digest, artefact } = output
    const about = { stage, port, kind, rows, bytes, digest, meta: artefact.meta, verified: await output.verify() }
    if (output.layout === 'films') return jsonText({ ...about, ids: (await output.films()).ids })
    if (output.layout === 'network') {
      const { config, tensors } = await output.network()
      return jsonText({
        ...about,
        config,
        tensors: Object.entries(tensors).map(([name, { shape }]) => ({ name, shape })),
      })
    }
    return jsonText(output.layout === 'json' ? { ...about, value: await output.value() } : about)
  }
  const top = await head(output, options.paint)
  return `${[...top, ...(await bodyOf(output, options))].join('\n')}\n`
}
