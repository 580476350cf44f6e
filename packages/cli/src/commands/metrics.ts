// `radiograft metrics`: metrics.json of a run as a table.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import { findRun } from '../files/findRun.ts'
import type { MetricsRecord } from '../results/metricsRecord.ts'
import { metricsTable } from '../results/metricsTable.ts'
import type { Terminal } from '../Terminal.ts'
import { UsageError } from '../UsageError.ts'
import { metricsTable as table } from './metricsTable.ts'

export const metrics = async (argv: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  const given = await parseArguments(table.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(table))
    return 0
  }
  const [name = 'latest', ...rest] = given.positionals
  if (rest.length > 0) throw new UsageError(`one run at a time: '${rest.join(' ')}' is too many.`)
  const { findWorkspace } = await import('@radiograft/runner')
  const folder = findRun(name, findWorkspace(process.cwd()).runs)
  const file = join(folder, 'metrics.json')
  if (!existsSync(file))
    throw new UsageError(`${folder} has no metrics.json: the run did not come to its end. Run its pipeline again.`)
  const text = readFileSync(file, 'utf8')
  if (given.has('json')) terminal.out(text)
  else {
    let record: MetricsRecord
    try {
      record = JSON.parse(text) as MetricsRecord
    } catch (cause) {
      throw new UsageError(`${file} is no JSON. Run its pipeline again.`, { cause })
    }
    const lines = Object.keys(record).length === 0 ? ['(no metrics)'] : metricsTable(record, terminal.paint)
    terminal.out(`${terminal.paint.dim(folder)}\n${lines.join('\n')}\n`)
  }
  return 0
}
