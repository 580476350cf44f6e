// `radiograft data <folder>`: what is there, before anyone trains.
import { rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import { commandLine } from '../text/commandLine.ts'
import { dataCommands } from '../data/dataCommands.ts'
import { chosenFolder, usualFolder } from '../data/descriptionFolder.ts'
import { detectLayout } from '../data/detectLayout.ts'
import { filmProgress } from '../data/filmProgress.ts'
import { folderCommands } from '../data/folderCommands.ts'
import type { DescribedData } from '../data/folderCommands.ts'
import { leftOut } from '../data/leftOut.ts'
import { patientPseudonyms } from '../data/pseudonyms.ts'
import { sectionLines } from '../data/sectionLines.ts'
import type { Terminal } from '../Terminal.ts'
import { stopCode } from '../untilStopped.ts'
import { UsageError } from '../UsageError.ts'
import { dataTable } from './dataTable.ts'

const now = (): number => performance.now() / 1000

/** The exit code. `signal` stops it; rejects with what `describeFailure` knows. */
export const data = async (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal): Promise<number> => {
  const given = await parseArguments(dataTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(dataTable))
    return 0
  }
  const [folder, ...rest] = given.positionals
  if (folder === undefined) throw new UsageError(`which folder? ${commandLine('data <folder>')}, or data --help.`)
  if (rest.length > 0) throw new UsageError(`one folder at a time: '${rest.join(' ')}' is too many.`)
  const left = leftOut(given)
  const dataset = detectLayout(folder, await dataCommands(), '')
  if (dataset.layout === 'phantom') throw new UsageError('the phantom is no folder.')
  if (dataset.layout === 'layers-model')
    throw new UsageError(
      `${dataset.root} holds the weights of a network and no films: fid looks through it, with --extractor.`,
    )
  const out = given.get('out')
  const chosen = out === undefined ? undefined : chosenFolder(resolve(out), dataset.root)

  const { findWorkspace } = await import('@radiograft/runner')
  const workspace = findWorkspace(process.cwd())
  let pseudonyms: ((patient: string) => string) | undefined
  const finding = given.get('finding')
  const json = given.has('json')
  const progress = filmProgress(terminal, 'reading', 'comparing the films', now, json ? terminal.err : terminal.out)
  let described: DescribedData
  progress.begin('checking tables and headers')
  try {
    described = await (
      await folderCommands()
    ).describeData(dataset.root, {
      ...left,
      layout: dataset.layout,
      ...(finding !== undefined && { finding }),
      pixels: !given.has('no-pixels'),
      workers: availableParallelism(),
      // the secret is made only for a folder that has patients to name
      pseudonym: (patient) => (pseudonyms ??= patientPseudonyms(workspace.store))(patient),
      onProgress: progress.step,
      signal,
    })
  } catch (error) {
    if (!signal.aborted) throw error
    progress.close()
    terminal.err('Stopped. Nothing was written.\n')
    return stopCode(signal.reason)
  } finally {
    progress.close()
  }

  const record = `${JSON.stringify(described.record, null, 2)}\n`
  const place = chosen ?? (json || !described.sheet ? undefined : usualFolder(workspace.root, dataset.root))
  if (place !== undefined) {
    writeFileSync(join(place, 'data.json'), record)
    // a sheet of an earlier look would show other films
    rmSync(join(place, 'contact-sheet.png'), { force: true })
    if (described.sheet) writeFileSync(join(place, 'contact-sheet.png'), described.sheet)
  }
  if (json) {
    terminal.out(record)
    return 0
  }
  const { paint } = terminal
  const written = place === undefined ? [] : ['data.json', ...(described.sheet ? ['contact-sheet.png'] : [])]
  terminal.out(
    [
      paint.dim(`${dataset.layout} ${dataset.root}`),
      '',
      ...sectionLines(described, paint),
      ...(written.length > 0 ? ['', ...written.map((name) => join(place!, name))] : []),
      '',
    ].join('\n'),
  )
  return 0
}
