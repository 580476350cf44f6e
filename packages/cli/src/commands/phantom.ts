// `radiograft phantom`: synthetic films as a folder, in a layout that real ones come in.
import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { Arguments } from '../arguments/parseArguments.ts'
import { wholeNumber } from '../arguments/wholeNumber.ts'
import { commandLine } from '../text/commandLine.ts'
import { filmProgress } from '../data/filmProgress.ts'
import { folderCommands } from '../data/folderCommands.ts'
import type { Terminal } from '../Terminal.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { shellQuoted } from '../text/shellQuoted.ts'
import { stopCode } from '../untilStopped.ts'
import { UsageError } from '../UsageError.ts'
import { phantomKnobs as knobs, phantomLayouts as layouts, phantomTable } from './phantomTable.ts'

/** Those that have boxes, which the pipeline learns from. */
const boxed = new Set(['rsna', 'rsna-images', 'nih'])

const now = (): number => performance.now() / 1000

const numberOf = (given: Arguments, name: string): number => {
  const text = given.get(name)!
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`--${name} '${text}': expected a number.`)
  return value
}

const knobsOf = (given: Arguments): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    knobs
      .filter(({ name }) => given.has(name))
      .map(({ name, option, kind }) => [
        option,
        kind === 'switch' ? true : kind === 'number' ? numberOf(given, name) : given.get(name),
      ]),
  )

/** The exit code. `signal` stops it; rejects with what `describeFailure` knows. */
export const phantom = async (
  argv: ReadonlyArray<string>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> => {
  const given = await parseArguments(phantomTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(phantomTable))
    return 0
  }
  if (given.positionals.length > 0)
    throw new UsageError(`'${given.positionals.join(' ')}' is not expected: the folder is given with --out <dir>.`)
  const films = wholeNumber(given, 'films', 1, 1_000_000)
  const out = given.get('out')
  if (films === undefined || out === undefined)
    throw new UsageError(
      `how many films, and where? ${commandLine('phantom --films <n> --out <dir>')}, or phantom --help.`,
    )
  const layout = given.get('layout') ?? 'rsna'
  if (!layouts.includes(layout)) {
    const { UnknownNameError } = await import('@radiograft/pipeline')
    throw new UnknownNameError('layout', layout, layouts)
  }
  const size = wholeNumber(given, 'size', 32, 1024) ?? 256
  const seed = wholeNumber(given, 'seed', 0, 2 ** 32 - 1) ?? 1
  const begun = now()
  const progress = filmProgress(terminal, 'rendering', 'writing the tables', now)
  try {
    const { writePhantom } = await folderCommands()
    const written = await writePhantom({
      ...knobsOf(given),
      out: resolve(out),
      layout,
      films,
      size,
      seed,
      workers: availableParallelism(),
      onProgress: progress.step,
      signal,
    })
    progress.close()
    const { folder, patients, positives, boxes } = written
    const name = shellQuoted(
      relative(process.cwd(), folder).startsWith('..') ? folder : relative(process.cwd(), folder),
    )
    terminal.out(
      [
        `${terminal.paint.green('done')} in ${formatSeconds(now() - begun)}: ${films} films of ${patients} patients, ${positives} positive, ${boxes} boxes, layout ${layout}`,
        folder,
        '',
        ...(boxed.has(layout)
          ? [
              'What is in it, and a run on it:',
              `  ${commandLine(`data ${name}`)}`,
              `  npx nx run pipelines:granet -- --data ${name}`,
            ]
          : [
              'What is in it:',
              `  ${commandLine(`data ${name}${layout === 'classes' ? ' --finding PNEUMONIA' : ''}`)}`,
            ]),
        '',
      ].join('\n'),
    )
    return 0
  } catch (error) {
    if (!signal.aborted) throw asGiven(error)
    progress.close()
    terminal.err(
      `Stopped. The films that were done are in ${join(resolve(out), '.unfinished')}: remove it to begin again.\n`,
    )
    return stopCode(signal.reason)
  } finally {
    progress.close()
  }
}

/** What the writer refuses was given here: the same words, with the flags' names. */
const asGiven = (error: unknown): unknown =>
  (error as { readonly _tag?: unknown } | null)?._tag === 'PhantomFolderError'
    ? new UsageError(
        knobs.reduce((text, { name, option }) => text.replace(option, name), (error as Error).message),
        { cause: error },
      )
    : error
