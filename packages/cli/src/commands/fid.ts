// `radiograft fid`: two folders of films, how far they are from each other.
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { Arguments } from '../arguments/parseArguments.ts'
import { wholeNumber } from '../arguments/wholeNumber.ts'
import { describedFolder } from '../data/descriptionFolder.ts'
import { featureCommands } from '../data/featureCommands.ts'
import type { MeasuredFolders } from '../data/featureCommands.ts'
import { fidLines } from '../data/fidLines.ts'
import { filmProgress } from '../data/filmProgress.ts'
import type { FilmProgress } from '../data/filmProgress.ts'
import { leftOut } from '../data/leftOut.ts'
import { makeWritable } from '../files/runFolders.ts'
import { provisionRuntime } from '../provisionRuntime.ts'
import type { Terminal } from '../Terminal.ts'
import { commandLine } from '../text/commandLine.ts'
import { stopCode } from '../untilStopped.ts'
import { UsageError } from '../UsageError.ts'
import { fidTable } from './fidTable.ts'

const now = (): number => performance.now() / 1000

const extractorOf = (text = 'pixels') => {
  if (text === 'pixels') return { kind: 'pixels' } as const
  const [name, ...rest] = text.split('=')
  const folder = rest.join('=')
  if (name === 'mobilenet' && folder !== '') return { kind: 'mobilenet', folder: resolve(folder) } as const
  throw new UsageError(`--extractor '${text}': expected pixels, or mobilenet=<folder with model.json>.`)
}

const foldersOf = (given: Arguments): readonly [string, string | undefined] => {
  const [first, second, ...rest] = given.positionals
  if (first === undefined)
    throw new UsageError(`which folders? ${commandLine('fid <real folder> <other folder>')}, or fid --help.`)
  if (rest.length > 0) throw new UsageError(`two folders at a time: '${rest.join(' ')}' is too many.`)
  if (second === undefined && !given.has('corruption-ladder'))
    throw new UsageError(
      `which other folder? ${commandLine('fid <real folder> <other folder>')}; one is enough for --corruption-ladder.`,
    )
  return [first, second]
}

/** The exit code. `signal` stops it; rejects with what `describeFailure` knows. */
export const fid = async (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal): Promise<number> => {
  const given = await parseArguments(fidTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(fidTable))
    return 0
  }
  const [first, second] = foldersOf(given)
  const extractor = extractorOf(given.get('extractor'))
  const size = wholeNumber(given, 'size', 16, 4096)
  const films = wholeNumber(given, 'films', 2, 10_000)
  const { skipBad, laterals } = leftOut(given)
  const json = given.has('json')
  const out = given.get('out')
  const chosen = out === undefined ? undefined : makeWritable(resolve(out), 'the folder', '--out')
  const { findWorkspace } = await import('@radiograft/runner')
  const { root } = findWorkspace(process.cwd())

  const told = json ? { ...terminal, out: terminal.err } : terminal
  let progress: { readonly what: string; readonly bar: FilmProgress } | undefined
  const onProgress = (what: string, done: number, all: number): void => {
    if (progress?.what !== what) {
      progress?.bar.close()
      progress = { what, bar: filmProgress(terminal, what, 'measuring', now, told.out) }
    }
    progress.bar.step(done, all)
  }
  let measured: MeasuredFolders
  try {
    const { measureFolders } = await featureCommands()
    measured = await measureFolders(first, second, {
      extractor,
      size,
      films,
      skipBad,
      laterals,
      ladder: given.has('corruption-ladder'),
      cache: given.has('no-cache') ? undefined : join(root, '.radiograft/features'),
      workers: availableParallelism(),
      startTensors: async () => {
        await provisionRuntime(told)
        return (await import('@radiograft/tensor/node')).loadRuntime()
      },
      onProgress,
      signal,
    })
  } catch (error) {
    if (!signal.aborted) throw error
    progress?.bar.close()
    terminal.err('Stopped. Features that were done are kept.\n')
    return stopCode(signal.reason)
  } finally {
    progress?.bar.close()
  }

  const { record, plot } = measured
  const text = `${JSON.stringify(record, null, 2)}\n`
  const usual = (): string => describedFolder(join(root, '.radiograft/fid'), record.first.folder)
  const place = chosen ?? (plot === undefined || json ? undefined : makeWritable(usual(), 'the folder', '--out'))
  const written = place === undefined ? [] : [['fid.json', text], ...(plot === undefined ? [] : [['ladder.svg', plot]])]
  for (const [name, content] of written) writeFileSync(join(place!, name!), content!)
  if (json) {
    terminal.out(text)
    return 0
  }
  terminal.out(
    [
      ...fidLines(measured, terminal.paint),
      ...(written.length > 0 ? ['', ...written.map(([name]) => join(place!, name!))] : []),
      '',
    ].join('\n'),
  )
  return 0
}
