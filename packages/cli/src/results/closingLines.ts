// The lines that a finished run ends with: main metrics, verdicts, how much was computed, and where everything lies.
import { join } from 'node:path'
import type { Terminal } from '../Terminal.ts'
import { commandLine } from '../text/commandLine.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { shellQuoted } from '../text/shellQuoted.ts'
import { mainMetrics } from './mainMetrics.ts'
import { metricsRecord } from './metricsRecord.ts'
import { metricsTable } from './metricsTable.ts'
import { verdictLines } from './verdictLines.ts'
import type { Written } from './writeResults.ts'

/** Metrics printed at the end; metrics.json has all. */
const mostMetrics = 12

export const closingLines = (
  written: Written,
  folder: string,
  done: { readonly hits: number; readonly computed: number; readonly seconds: number },
  { paint }: Terminal,
): ReadonlyArray<string> => {
  const all = written.results.metrics.flat().length
  const tables = written.results.tables.map(({ table }) => table)
  const main = mainMetrics(written.results.metrics, mostMetrics, tables)
  return [
    ...(main.length > 0 ? metricsTable(metricsRecord(main), paint) : []),
    ...(all > main.length
      ? [paint.dim(`${all - main.length} more: ${commandLine(`metrics ${shellQuoted(folder)}`)}`)]
      : []),
    ...verdictLines(tables, paint),
    `${paint.green('done')} in ${formatSeconds(done.seconds)}: ${done.computed} computed, ${done.hits} kept`,
    `report   ${written.report}`,
    `metrics  ${written.metrics}`,
    ...(written.results.figures.length > 0 ? [`figures  ${join(folder, 'figures')}`] : []),
  ]
}
