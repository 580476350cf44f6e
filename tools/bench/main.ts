// The command line of `npx nx run tools:bench [-- row …]`: measures the rows against their peers and writes BENCHMARKS.md.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { thisMachine } from './machine.ts'
import { measureRow } from './measureRow.ts'
import type { MeasureOptions } from './measureRow.ts'
import { pythonOfPeers } from './pythonOfPeers.mjs'
import { waitForIdle, waitForLowLoad } from './quietMachine.ts'
import { ratioText, renderTable } from './renderTable.ts'
import { allResults, saveResults, withOutcome } from './results.ts'
import type { Row } from './Row.ts'
import { isCalm } from './RowResult.ts'
import type { RowResult } from './RowResult.ts'
import { smoke } from './smoke.ts'
import { here, root } from './startSide.ts'
import { table } from './table.ts'

const help = `Times our programs against their peers by turns, and writes BENCHMARKS.md.

  <row> …        these rows; the beginning of a name will do. Without: all
  --list         the names of the rows
  --smoke        our side alone, smallest sizes, one round: does it run
  --rounds <n>   rounds of each row (5)
  --choose       try the sides' settings anew, though the best are known on this machine
  --any-load     measure on a busy machine too; the rows are marked
  --out <dir>    where BENCHMARKS.md and its results go (the workspace)

The peers run in a Python environment of their own, made on first use (about 6 GB, with torch).
RADIOGRAFT_BENCH_PYTHON names a Python that has it all already.
`

const chosen = (names: ReadonlyArray<string>): ReadonlyArray<Row> => {
  const unknown = names.find((name) => !table.some((row) => row.name.startsWith(name)))
  if (unknown !== undefined) throw new Error(`no row begins with '${unknown}': see --list`)
  return table.filter((row) => names.length === 0 || names.some((name) => row.name.startsWith(name)))
}

const say = (line: string): void => console.log(line)

/** A row that others disturbed is measured once more when they have gone; the calmer one counts. */
const measureCalmly = async (row: Row, options: MeasureOptions): Promise<RowResult> => {
  if (options.anyLoad) return measureRow(row, options)
  await waitForIdle(say)
  const first = await measureRow(row, options)
  if (first.others === undefined || isCalm(first.others)) return first
  say(`  others took ${(100 * first.others).toFixed(1)} % of the processors: once more`)
  try {
    await waitForIdle(say)
    const second = await measureRow(row, { ...options, before: first })
    return second.others! < first.others ? second : first
  } catch (error) {
    say(`  not measured again: ${(error as Error).message}`)
    return first
  }
}

const outcomeText = ({ peers, ours, others }: RowResult): string =>
  [
    `  ${ours.seconds.toPrecision(3)} s, ${ours.memoryMb} MB, first unit after ${ours.first.toFixed(1)} s`,
    ...peers.map(
      ({ name, ratios, memoryMb, first }) =>
        `  ours / ${name}: ${ratioText(ratios)}, ${memoryMb} MB, first unit after ${first.toFixed(1)} s`,
    ),
    others === undefined ? '  what others took is not known' : `  others took ${(100 * others).toFixed(1)} %`,
  ].join('\n')

const options = {
  list: { type: 'boolean', default: false },
  smoke: { type: 'boolean', default: false },
  rounds: { type: 'string' },
  choose: { type: 'boolean', default: false },
  'any-load': { type: 'boolean', default: false },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

const countOf = (name: string, text: string): number => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} must be a whole number from 1 on`)
  return count
}

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const rows = chosen(positionals)
  if (values.help) return void process.stdout.write(help)
  if (values.list) return rows.forEach(({ name, title }) => say(`${name.padEnd(24)} ${title}`))
  if (values.smoke) {
    if ((await smoke(rows, say)) > 0) process.exitCode = 1
    return
  }
  const anyLoad = values['any-load']
  const machine = thisMachine()
  const folder = values.out === undefined ? join(here, 'results') : join(values.out, 'results')
  const given = {
    threads: availableParallelism(),
    python: rows.some(({ peers }) => peers.some(({ program }) => program.endsWith('.py')))
      ? pythonOfPeers()
      : undefined,
    ...(values.rounds !== undefined && { rounds: countOf('rounds', values.rounds) }),
    anyLoad,
    say,
  }
  const [kept, ...others] = allResults(folder, machine)
  let own = kept!
  if (!anyLoad) await waitForLowLoad(say)
  for (const row of rows) {
    if (row.cannotRun?.(machine) !== undefined) continue
    say(`${row.name}: ${row.title}`)
    const before = values.choose ? undefined : own.rows[row.name]
    try {
      const result = await measureCalmly(row, { ...given, before })
      say(outcomeText(result))
      own = withOutcome(own, row.name, result)
    } catch (error) {
      const problem = (error as Error).message
      say(`  FAILED: ${problem}`)
      own = withOutcome(own, row.name, { failed: problem.split('\n', 1)[0]! })
      process.exitCode = 1
    }
    saveResults(folder, own)
    writeFileSync(join(values.out ?? root, 'BENCHMARKS.md'), renderTable(table, [own, ...others]))
  }
  spawnSync('npx', ['prettier', '--write', '--log-level', 'warn', join(values.out ?? root, 'BENCHMARKS.md'), folder], {
    cwd: root,
    stdio: 'inherit',
  })
}

try {
  await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
