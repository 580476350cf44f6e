// BENCHMARKS.md from the results: a section a machine, a table a group of rows.
import { settingText } from './chooseSetting.ts'
import type { Machine } from './machine.ts'
import type { Results } from './results.ts'
import type { Peer, Row } from './Row.ts'
import { median, MOST_OTHERS } from './RowResult.ts'
import type { PeerResult, RowResult, SideResult } from './RowResult.ts'

const head = `# Benchmarks

Each row is one of our programs against the one that people would use instead, doing the same work: equal parameter counts, equal weights, and a first loss that agrees are checked before the clock starts. **The ratio is our time over theirs: below 1 we are faster.** It is the median over rounds in which both work by turns on a machine that does nothing else, with the lowest and the highest in brackets. Every side is a process of its own, with as many threads as there are cores; the one whose turn it is not sleeps. Peers run at the best of the settings named (memory layout, \`torch.compile\`), found by trying all of them first; allocators are each side’s own (with glibc told to keep its memory, PyTorch’s 64² GAN step took 12 % less, ours 3 %). Memory is the most that a side's processes ever held, what they compiled with included. A row that misses its limit stays, with what limits it. † : others took more than ${100 * MOST_OTHERS} % of the processors meanwhile.

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

/** Whether the claims hold: the one on time and, where there is one, that on memory. */
export const holds = (peer: Peer, ours: SideResult, theirs: PeerResult): boolean =>
  median(theirs.ratios) <= peer.limit &&
  (peer.memoryLimit === undefined || ours.memoryMb / theirs.memoryMb <= peer.memoryLimit)

const rowLines = (row: Row, results: Results): ReadonlyArray<string> => {
  const result = results.rows[row.name]
  const failure = results.failed[row.name]
  const missing = row.cannotRun?.(results.machine) ?? (failure === undefined ? undefined : `failed: ${failure}`)
  if (result === undefined || failure !== undefined)
    return [cells(row.title, '', '', '', '', '', '', missing ?? 'not measured on this machine yet')]
  const mark = (result.others ?? 0) > MOST_OTHERS || result.anyLoad ? ' †' : ''
  const note = row.because?.(
    result.peers.map(({ ratios }) => median(ratios)),
    results.machine,
  )
  const title = `${row.title}, a ${row.unit}${mark}`
  if (result.peers.length === 0)
    return [cells(title, amount(row, result.ours), `${result.ours.memoryMb}`, '', '', '', '', note ?? '')]
  return row.peers.flatMap((peer, i) => {
    const theirs = result.peers.find(({ name }) => name === peer.name)
    if (theirs === undefined) return []
    const setting = settingText(theirs.setting)
    const ratio = (result.ours.memoryMb / theirs.memoryMb).toFixed(2)
    return [
      cells(
        i === 0 ? title : '',
        amount(row, result.ours),
        String(result.ours.memoryMb),
        `${peer.name}${setting === '' ? '' : ` (${setting})`}: ${amount(row, theirs)}, ${theirs.memoryMb}`,
        ratioText(theirs.ratios),
        ratio,
        `≤ ${peer.limit}${peer.memoryLimit === undefined ? '' : `, memory ≤ ${peer.memoryLimit}`}: ${holds(peer, result.ours, theirs) ? 'holds' : '**misses**'}`,
        i === 0 ? (note ?? '') : '',
      ),
    ]
  })
}

const groupTable = (group: string, rows: ReadonlyArray<Row>, results: Results): string =>
  [
    `### ${group}`,
    '',
    cells('row', 'ours', 'MB', 'peer, MB', 'ratio of times', 'of memory', 'limit', 'what limits it'),
    cells(...Array.from({ length: 8 }, () => '---')),
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
