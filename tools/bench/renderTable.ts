// BENCHMARKS.md from the results: a section a machine, a table a group of rows.
import { settingText } from './chooseSetting.ts'
import type { Machine } from './machine.ts'
import type { Results } from './results.ts'
import type { Peer, Row } from './Row.ts'
import { isCalm, median, MOST_OTHERS } from './RowResult.ts'
import type { PeerResult, RowResult, SideResult } from './RowResult.ts'

const head = `# Benchmarks

Each row is one of our programs against the one that people would use instead, doing the same work: equal parameter counts, equal weights, and a first loss that agrees are checked before the clock starts. **The ratio is our time over theirs: below 1 we are faster.** It is the median over rounds in which both work by turns on a machine that does nothing else, with the lowest and the highest in brackets. Every side is a process of its own, with as many threads as there are cores; the one whose turn it is not sleeps. A side with settings to choose from runs at the best of them, named beside its time, found by trying each of them first: memory layout and \`torch.compile\` for PyTorch, and then for both sides of a network’s row whether glibc is told to keep freed memory (“memory kept”). Memory is the most that a side’s processes were seen to hold in the rounds, by a look every quarter of a second or less often; pages that processes share count once, and what compiling took before does not count. Start is the time to prepare, compile and do the first unit, with the program loaded; PyTorch’s cache of compiled code has been filled by the trials. A row that misses its limit stays, with what is known of the reason. † : others took more than ${100 * MOST_OTHERS} % of the processors meanwhile, or the row was measured with \`--any-load\`. ‡ : load not known, for the other processes of the machine could not be seen.

\`\`\`sh
npx nx run tools:bench                       # all rows
npx nx run tools:bench -- gan-128-fp32       # some rows, by name or the beginning of it
npx nx run tools:bench -- --smoke            # our side alone, smallest sizes
\`\`\`
`

const figures = (value: number): string => value.toPrecision(3)

const amount = (row: Row, { seconds }: SideResult): string => {
  const value = row.shown === 'seconds' ? seconds : 1 / seconds
  const text =
    value >= 1000 ? value.toFixed(0) : value >= 0.01 ? String(Number(figures(value))) : value.toExponential(1)
  return row.shown === 'seconds' ? `${text} s` : `${text}/s`
}

/** '0.93 [0.91, 0.95]' */
export const ratioText = (ratios: ReadonlyArray<number>): string =>
  `${median(ratios).toFixed(2)} [${Math.min(...ratios).toFixed(2)}, ${Math.max(...ratios).toFixed(2)}]`

const cells = (...values: ReadonlyArray<string>): string => `| ${values.join(' | ')} |`

/** Whether the claim on time holds. */
export const holds = (peer: Peer, theirs: PeerResult): boolean => median(theirs.ratios) <= peer.limit

const markOf = ({ others, anyLoad }: RowResult): string => {
  if (anyLoad) return ' †'
  if (others === undefined) return ' ‡'
  return isCalm(others) ? '' : ' †'
}

/** '0.27 s (memory kept)' */
const timeOf = (row: Row, side: SideResult): string => {
  const setting = settingText(side.setting)
  return `${amount(row, side)}${setting === '' ? '' : ` (${setting})`}`
}

const startOf = ({ first }: SideResult): string => first.toFixed(1)

const rowLines = (row: Row, results: Results): ReadonlyArray<string> => {
  const result = results.rows[row.name]
  const failure = results.failed[row.name]
  const missing = row.cannotRun?.(results.machine) ?? (failure === undefined ? undefined : `failed: ${failure}`)
  if (result === undefined || failure !== undefined)
    return [cells(row.title, '', '', '', '', '', '', '', missing ?? 'not measured on this machine yet')]
  const note = row.because?.(
    result.peers.map(({ ratios }) => median(ratios)),
    results.machine,
  )
  const title = `${row.title}, a ${row.unit}${markOf(result)}`
  if (result.peers.length === 0)
    return [
      cells(
        title,
        timeOf(row, result.ours),
        `${result.ours.memoryMb}`,
        '',
        '',
        '',
        startOf(result.ours),
        '',
        note ?? '',
      ),
    ]
  return row.peers.flatMap((peer, i) => {
    const theirs = result.peers.find(({ name }) => name === peer.name)
    if (theirs === undefined) return []
    const ratio = (result.ours.memoryMb / theirs.memoryMb).toFixed(2)
    return [
      cells(
        i === 0 ? title : '',
        timeOf(row, result.ours),
        String(result.ours.memoryMb),
        `${peer.name}: ${timeOf(row, theirs)}, ${theirs.memoryMb}`,
        ratioText(theirs.ratios),
        ratio,
        `${startOf(result.ours)}, ${startOf(theirs)}`,
        `≤ ${peer.limit}: ${holds(peer, theirs) ? 'holds' : '**misses**'}`,
        i === 0 ? (note ?? '') : '',
      ),
    ]
  })
}

const groupTable = (group: string, rows: ReadonlyArray<Row>, results: Results): string =>
  [
    `### ${group}`,
    '',
    cells('row', 'ours', 'MB', 'peer, MB', 'ratio of times', 'of memory', 'start, s', 'limit', 'what limits it'),
    cells(...Array.from({ length: 9 }, () => '---')),
    ...rows.flatMap((row) => rowLines(row, results)),
    '',
  ].join('\n')

const versionsOf = (results: ReadonlyArray<RowResult>): string => {
  const all = new Map<string, Set<string>>()
  for (const { ours, peers } of results)
    for (const { versions } of [ours, ...peers])
      for (const [name, version] of Object.entries(versions)) all.set(name, (all.get(name) ?? new Set()).add(version))
  return [...all].map(([name, versions]) => `${name} ${[...versions].join(' and ')}`).join(', ')
}

const machineText = ({ model, cores, memoryGb, instructions, platform }: Machine): string =>
  `${model}, ${cores} cores, ${memoryGb} GB, ${instructions.join(', ') || 'no AVX2'}, ${platform}`

const section = (table: ReadonlyArray<Row>, results: Results): string => {
  const measured = table.flatMap(({ name }) => results.rows[name] ?? [])
  const days = [...new Set(measured.map(({ date }) => date))].toSorted()
  const groups = [...new Set(table.map(({ group }) => group))]
  const when = days.length > 1 ? `${days[0]} to ${days.at(-1)}` : (days[0] ?? 'not yet')
  return [
    `## ${machineText(results.machine)}`,
    '',
    `Measured ${when}, ${measured.length} of ${table.length} rows. ${versionsOf(measured)}.`,
    '',
    ...groups.map((group) =>
      groupTable(
        group,
        table.filter((row) => row.group === group),
        results,
      ),
    ),
  ].join('\n')
}

/** The whole file. Machines are never mixed in a table. */
export const renderTable = (table: ReadonlyArray<Row>, all: ReadonlyArray<Results>): string =>
  [head, ...all.filter(({ rows }) => Object.keys(rows).length > 0).map((results) => section(table, results))].join('\n')
