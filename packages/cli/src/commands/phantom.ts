// `radiograft phantom`: synthetic films as a folder, in a layout that real ones come in.
import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { Arguments, Flag } from '../arguments/parseArguments.ts'
import { wholeNumber } from '../arguments/wholeNumber.ts'
import { filmProgress } from '../data/filmProgress.ts'
import { folderCommands } from '../data/folderCommands.ts'
import type { Terminal } from '../Terminal.ts'
import { alignColumns } from '../text/alignColumns.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { UsageError } from '../UsageError.ts'

const layouts = ['rsna', 'rsna-images', 'nih', 'chexpert', 'classes']
/** Those that have boxes, which the pipeline learns from. */
const boxed = new Set(['rsna', 'rsna-images', 'nih'])

/** Knobs of the films, by flag: the option of the writer, and how its value is written. */
const knobs: ReadonlyArray<Flag & { readonly option: string; readonly kind: 'number' | 'text' | 'switch' }> = [
  {
    name: 'cohort',
    value: '<name>',
    option: 'cohort',
    kind: 'text',
    doc: "'rsna': a film a patient; 'multi': up to four",
  },
  {
    name: 'delta',
    value: '<0..1>',
    option: 'delta',
    kind: 'number',
    doc: 'how hard findings are to see (default: 0.4)',
  },
  { name: 'jitter', value: '<n>', option: 'jitter', kind: 'number', doc: 'factor on how patients stand (default: 1)' },
  { name: 'noise', value: '<n>', option: 'noise', kind: 'number', doc: 'factor on photon noise (default: 1)' },
  { name: 'view', value: '<PA|AP>', option: 'view', kind: 'text', doc: 'all films of one view (default: drawn)' },
  { name: 'boxes', value: '<1..4>', option: 'boxes', kind: 'number', doc: 'opacities of a positive (default: drawn)' },
  {
    name: 'distractors',
    value: '<share>',
    option: 'distractors',
    kind: 'number',
    doc: 'other findings (default: 0.443)',
  },
  {
    name: 'coupling',
    value: '<0..1>',
    option: 'coupling',
    kind: 'number',
    doc: 'how far the view tells the class (default: 0)',
  },
  {
    name: 'marker-coupling',
    value: '<0..1>',
    option: 'markerCoupling',
    kind: 'number',
    doc: 'how often the side letter does (default: 0)',
  },
  { name: 'devices', option: 'devices', kind: 'switch', doc: 'support devices on some films of every class' },
  { name: 'bits', value: '<n>', option: 'bits', kind: 'number', doc: '8, 12 (DICOM) or 16 (default: 8)' },
  {
    name: 'encoding',
    value: '<name>',
    option: 'encoding',
    kind: 'text',
    doc: "dicom, png or jpeg (default: the layout's own)",
  },
  { name: 'monochrome1', option: 'monochrome1', kind: 'switch', doc: 'DICOM with 0 as white' },
]

const flags: ReadonlyArray<Flag> = [
  { name: 'films', value: '<n>', doc: 'how many' },
  { name: 'out', value: '<dir>', doc: 'a folder that is empty or not there yet' },
  { name: 'layout', value: '<name>', doc: `${layouts.join(', ')} (default: rsna)` },
  { name: 'size', value: '<n>', doc: 'side of the films: 32, 64, 128, 256, 512 or 1024 pixels (default: 256)' },
  { name: 'seed', value: '<n>', doc: 'the same seed gives the same films (default: 1)' },
  ...knobs,
  { name: 'help', doc: 'this text' },
]

const help = `radiograft phantom --films <n> --out <dir> [flags]

  Synthetic chest films, computed from a seed and of no patient, as a folder in the layout of a real data set: to try
  out, without real films, everything that reads folders. Its README.txt lists what it was made with. Ctrl-C leaves the
  films that are done in the folder's .unfinished, where no reader looks.

${alignColumns(flags.map(({ name, value, doc }) => [`  --${name}${value === undefined ? '' : ` ${value}`}`, doc])).join('\n')}

Examples:
  npm run radiograft -- phantom --films 200 --out ~/phantom
  npm run radiograft -- phantom --films 400 --out ~/phantom-nih --layout nih --cohort multi --size 512
  npm run radiograft -- phantom --films 300 --out ~/shortcut --coupling 1     a view that tells the class, as on real films
`

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
  const given = await parseArguments(flags, argv)
  if (given.has('help')) {
    terminal.out(help)
    return 0
  }
  if (given.positionals.length > 0)
    throw new UsageError(`'${given.positionals.join(' ')}' is not expected: the folder is given with --out <dir>.`)
  const films = wholeNumber(given, 'films', 1, 1_000_000)
  const out = given.get('out')
  if (films === undefined || out === undefined)
    throw new UsageError('how many films, and where? radiograft phantom --films <n> --out <dir>, or phantom --help.')
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
    const name = quoted(relative(process.cwd(), folder).startsWith('..') ? folder : relative(process.cwd(), folder))
    terminal.out(
      [
        `${terminal.paint.green('done')} in ${formatSeconds(now() - begun)}: ${films} films of ${patients} patients, ${positives} positive, ${boxes} boxes, layout ${layout}`,
        folder,
        '',
        ...(boxed.has(layout)
          ? [
              'What is in it, and a run on it:',
              `  npm run radiograft -- data ${name}`,
              `  npx nx run pipelines:granet -- --data ${name}`,
            ]
          : [
              'What is in it:',
              `  npm run radiograft -- data ${name}${layout === 'classes' ? ' --finding PNEUMONIA' : ''}`,
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
    return 130
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

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)
