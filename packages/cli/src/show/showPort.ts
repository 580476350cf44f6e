// What a stage made on one port, for people: by kind a table, a grid of films, a figure's file, tensors, curves.
import { writeFileSync } from 'node:fs'
import { UnknownNameError } from '@radiograft/pipeline'
import type { Figure, Network, PictureRow, SeriesRow, Table } from '@radiograft/pipeline'
import type { OpenOutput } from '../open/OpenOutput.ts'
import { formatBytes } from '../text/formatBytes.ts'
import type { Paint } from '../text/paint.ts'
import { printable, printableLine } from '../text/printable.ts'
import { countOf } from './countOf.ts'
import { filmLines } from './filmLines.ts'
import { layerLines } from './layerLines.ts'
import { networkLines } from './networkLines.ts'
import { pictureFile } from './pictureFile.ts'
import { plotLines } from './plotLines.ts'
import type { PortOptions } from './PortOptions.ts'
import { csvOf, jsonText } from './tableFiles.ts'
import { tableLines } from './tableLines.ts'

const tableRows = 20
const mostCurves = 8

type Row = Readonly<Record<string, unknown>>

/** The rows of the films asked for; all where none is. Throws `UnknownNameError` for a film that has none. */
const chosenRows = (rows: ReadonlyArray<Row>, { films }: PortOptions): ReadonlyArray<Row> => {
  if (films.length === 0) return rows
  const known = [...new Set(rows.map((row) => String(row['film'])))]
  for (const film of films) if (!known.includes(film)) throw new UnknownNameError('film', film, known)
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
    `${paint.bold(printableLine(`${output.stage}.${output.port}`))}  ${output.kind}, ${countOf(output)}, ${formatBytes(output.bytes)}`,
    `digest ${output.digest.slice(0, 12)}, ${checked}`,
  ]
}

const figureLines = async (output: OpenOutput, options: PortOptions): Promise<ReadonlyArray<string>> => {
  const { title, caption, row, mediaType, bytes }: Figure = await output.figure()
  const file = pictureFile(output, options, mediaType === 'image/png' ? 'png' : 'svg')
  writeFileSync(file, bytes)
  return [
    `${options.paint.bold(printableLine(title))}${row === '' ? '' : ` (${printableLine(row)})`}`,
    printable(caption),
    `figure   ${printableLine(file)}`,
  ]
}

const seriesLines = (rows: ReadonlyArray<SeriesRow>, { columns, paint }: PortOptions): ReadonlyArray<string> => {
  const names = [...new Set(rows.map(({ name }) => name))]
  return [
    ...names
      .slice(0, mostCurves)
      .flatMap((name) => ['', ...plotLines({ name, points: rows.filter((row) => row.name === name) }, columns)]),
    ...(names.length > mostCurves ? ['', `also: ${printableLine(names.slice(mostCurves).join(', '))}`] : []),
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
  if (output.kind === 'series' && rows === undefined && !all)
    return seriesLines((await output.table()) as unknown as ReadonlyArray<SeriesRow>, options)
  if (output.kind === 'table') {
    const { title, note, columns: names } = (await output.value()) as Table
    const lines = tableLines(names, await output.table(), most, columns, paint)
    return [paint.bold(printableLine(title)), ...lines, ...(note ? [paint.dim(printable(note))] : [])]
  }
  if (output.layout !== 'table') return [jsonText(await output.value()).trimEnd()]
  const chosen = chosenRows(await output.table(), options)
  return output.kind === 'pictures'
    ? layerLines(output, chosen as unknown as ReadonlyArray<PictureRow>, options)
    : tableLines(output.columns, chosen, most, columns, paint)
}

const jsonOf = async (output: OpenOutput, { films: chosen }: PortOptions): Promise<unknown> => {
  const { stage, port, kind, rows, bytes, digest, artefact } = output
  const about = { stage, port, kind, rows, bytes, digest, meta: artefact.meta, verified: await output.verify() }
  if (output.layout === 'films') {
    const films = await output.films()
    return { ...about, ids: chosen.length === 0 ? films.ids : chosen.map((film) => films.ids[films.indexOf(film)]) }
  }
  if (output.layout === 'network') {
    const { config, tensors } = await output.network()
    return { ...about, config, tensors: Object.entries(tensors).map(([name, { shape }]) => ({ name, shape })) }
  }
  return output.layout === 'json' ? { ...about, value: await output.value() } : about
}

/** Text of a port. Rejects with a store error where a blob is missing or damaged. */
export const showPort = async (output: OpenOutput, options: PortOptions): Promise<string> => {
  const isRows = output.layout === 'table' || output.kind === 'table'
  if (options.as === 'csv') {
    const rows = chosenRows(await output.table(), options)
    return csvOf(output.layout === 'table' ? output.columns : Object.keys(rows[0] ?? {}), rows)
  }
  if (options.as === 'json')
    return jsonText(isRows ? chosenRows(await output.table(), options) : await jsonOf(output, options))
  const top = await head(output, options.paint)
  return `${[...top, ...(await bodyOf(output, options))].join('\n')}\n`
}
