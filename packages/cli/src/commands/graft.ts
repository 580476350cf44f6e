// `radiograft graft`: what lies in a box of one film into another, as PNG, DICOM and a box.
import { join, resolve } from 'node:path'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { Arguments } from '../arguments/parseArguments.ts'
import { blending, graftCommands } from '../data/graftCommands.ts'
import { makeWritable } from '../files/runFolders.ts'
import type { Terminal } from '../Terminal.ts'
import { alignColumns } from '../text/alignColumns.ts'
import { commandLine } from '../text/commandLine.ts'
import { UsageError } from '../UsageError.ts'
import { graftBoxFormats, graftTable } from './graftTable.ts'

type Four = readonly [x: number, y: number, width: number, height: number]

/** Whether the numbers are a box of a film is said by what reads the film. */
const boxOf = (given: Arguments, name: string): Four | undefined => {
  const text = given.get(name)
  if (text === undefined) return undefined
  const numbers = text.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)))
  if (numbers.length !== 4 || !numbers.every((one) => Number.isFinite(one)))
    throw new UsageError(`--${name} '${text}': expected four numbers x,y,w,h, such as 10,20,100,80.`)
  return numbers as unknown as Four
}

/** As short as it can be said: at most two decimals. */
const boxText = (box: Four): string => box.map((value) => String(Number(value.toFixed(2)))).join(',')

/** The exit code. Rejects with what `describeFailure` knows. */
export const graft = async (argv: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  const given = await parseArguments(graftTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(graftTable))
    return 0
  }
  if (given.positionals.length > 0)
    throw new UsageError(`'${given.positionals.join(' ')}' is not expected: films are given with --film and --donor.`)
  const [film, donor, box] = [given.get('film'), given.get('donor'), boxOf(given, 'box')]
  if (film === undefined || donor === undefined || box === undefined) {
    const typed = commandLine('graft --film <file> --donor <file> --box <x,y,w,h>')
    throw new UsageError(`which films, and where? ${typed}, or graft --help.`)
  }
  const donorBox = boxOf(given, 'donor-box')
  const boxes = given.get('boxes') ?? 'rsna'
  if (!graftBoxFormats.includes(boxes)) {
    const { UnknownNameError } = await import('@radiograft/pipeline')
    throw new UnknownNameError('form of boxes', boxes, graftBoxFormats)
  }
  const method = given.has('paste') ? 'paste' : 'poisson'
  try {
    const { prepareGraft, writeGraft } = await graftCommands()
    const prepared = await prepareGraft({ film, donor, box, donorBox, method })
    const { recipient, source, box: corners, rows, columns } = prepared
    const { paste, poissonGraft } = await blending()
    // values beyond the window are the film's own and stay; what its bits cannot hold is cut when it is written
    const grafted =
      method === 'paste'
        ? paste(recipient, source, [corners], rows, columns)
        : poissonGraft(source, recipient, [corners], rows, columns, { clamp: false })
    const out = makeWritable(await outOf(given.get('out')), 'the folder', '--out')
    const written = await writeGraft(prepared, grafted, { out, boxes, force: given.has('force') })
    const how = method === 'paste' ? 'pasted, the seam left' : 'Poisson blended'
    const from = written.resampled ? `${boxText(written.donorBox)}, resampled to the box` : boxText(written.donorBox)
    terminal.out(
      [
        `${terminal.paint.green('done')}: the box ${boxText(box)} of a film of ${columns} x ${rows}, from the donor's ${from}; ${how}`,
        ...alignColumns([
          [`  ${written.picture}`, `as it is shown, ${written.bits} bits`],
          [`  ${written.capture}`, 'Secondary Capture, marked as synthetic, of no patient'],
          [`  ${written.table}`, boxes === 'coco' ? 'the box, COCO' : "the box, in RSNA's columns"],
        ]),
        '',
      ].join('\n'),
    )
    return 0
  } catch (error) {
    throw asGiven(error)
  }
}

const outOf = async (given: string | undefined): Promise<string> => {
  if (given !== undefined) return resolve(given)
  const { findWorkspace } = await import('@radiograft/runner')
  return join(findWorkspace(process.cwd()).root, '.radiograft/grafts')
}

/** What is refused was given here: the same words, with the flags' names. */
const asGiven = (error: unknown): unknown =>
  (error as { readonly _tag?: unknown } | null)?._tag === 'GraftError'
    ? new UsageError(
        // an option stands before its flag: `force (--force)`
        (error as Error).message.replace(/\w+ \((--[a-z-]+)\)/, '$1'),
        { cause: error },
      )
    : error
