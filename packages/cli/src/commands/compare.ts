// `radiograft compare`: what differs between two runs, and whether the second is better.
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import { wholeNumber } from '../arguments/wholeNumber.ts'
import { compareMetrics } from '../compare/compareMetrics.ts'
import { comparisonLines } from '../compare/comparisonLines.ts'
import { differenceLines } from '../compare/differenceLines.ts'
import { whatDiffers } from '../compare/whatDiffers.ts'
import { findRun } from '../files/findRun.ts'
import { openRun } from '../open/openRun.ts'
import { commandLine } from '../text/commandLine.ts'
import { statusOf } from '../show/showRun.ts'
import { jsonText } from '../show/tableFiles.ts'
import type { Terminal } from '../Terminal.ts'
import { printableLine } from '../text/printable.ts'
import { printableValues } from '../text/printableValues.ts'
import { UsageError } from '../UsageError.ts'
import { compareTable } from './compareTable.ts'

export const compare = async (argv: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  const given = await parseArguments(compareTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(compareTable))
    return 0
  }
  const [nameA, nameB, ...rest] = given.positionals
  if (nameA === undefined || nameB === undefined)
    throw new UsageError(`which two runs? ${commandLine('compare <run A> <run B>')}, or compare --help.`)
  if (rest.length > 0) throw new UsageError(`two runs at a time: '${rest.join(' ')}' is too many.`)
  const resamples = wholeNumber(given, 'resamples', 100, 1_000_000)
  const { findWorkspace } = await import('@radiograft/runner')
  const { runs } = findWorkspace(process.cwd())
  // ids of patients pair films and find leaks; none is printed
  const open = (name: string) => openRun(findRun(name, runs), { patients: 'clear' })
  const [a, b] = [await open(nameA), await open(nameB)]
  if (a.record.run === b.record.run)
    throw new UsageError(
      `'${nameA}' and '${nameB}' are one run, ${a.record.run}. Give two: latest~1 is the run before the latest.`,
    )
  const differences = await whatDiffers(a, b)
  const metrics = await compareMetrics(a, b, {
    metrics: given.all('metric'),
    ...(resamples !== undefined && { resamples }),
  })
  if (given.has('json')) {
    const about = ({ record, folder }: typeof a) => ({
      run: record.run,
      folder,
      status: statusOf(record),
      seed: record.seed,
    })
    terminal.out(jsonText({ a: about(a), b: about(b), differences, ...metrics }))
    return 0
  }
  const { paint } = terminal
  const columns = terminal.live ? terminal.columns() : Infinity
  const head = ([letter, { record, folder }]: readonly [string, typeof a]): string =>
    `${paint.bold(letter)}  ${printableLine(record.run)}  ${statusOf(record)}, seed ${record.seed}  ${paint.dim(printableLine(folder))}`
  const lines = [
    head(['A', a]),
    head(['B', b]),
    '',
    ...differenceLines(printableValues(differences), columns, paint),
    '',
    ...comparisonLines(printableValues(metrics), columns, paint),
  ]
  terminal.out(`${lines.join('\n')}\n`)
  return 0
}
