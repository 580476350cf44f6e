// The region of a run as lines that fit a terminal: the tree of stages, and the run as a whole. Where the tree is taller than
// the screen, done stages fold into a counted line, then waiting ones from the end; running and failed ones always stand.
import { printableLine } from '../text/printable.ts'
import type { Line, Span } from './Line.ts'
import { joinSpans } from './Line.ts'
import { runLeft } from './RunState.ts'
import type { RunState } from './RunState.ts'
import {
  about,
  barOf,
  barWidth,
  clock,
  gapOf,
  quietParts,
  runningParts,
  signs,
  stoppedParts,
  wordOf,
} from './stageRow.ts'
import type { Word } from './stageRow.ts'
import { memberName, placeGroups } from './StageTree.ts'
import type { StageGroup, StageTree } from './StageTree.ts'
import { fitToWidth, textWidth } from './textWidth.ts'

export interface Size {
  readonly rows: number
  readonly columns: number
}

interface Seen {
  readonly group: StageGroup
  /** of the labels, in their order */
  readonly words: ReadonlyArray<Word>
  /** of the whole group */
  readonly word: Word
}

/** A group is in the state of its member that asks most for a look. */
const order: ReadonlyArray<Word> = ['failed', 'stopped', 'running', 'waiting', 'not reached', 'done', 'hit']

const look = (tree: StageTree, state: RunState): ReadonlyArray<Seen> =>
  tree.map((group) => {
    const words = group.labels.map((label) => wordOf(state, label))
    return { group, words, word: order.find((word) => words.includes(word))! }
  })

const isOver = (word: Word): boolean => word === 'done' || word === 'hit'
const isAhead = (word: Word): boolean => word === 'waiting' || word === 'not reached'
/** Groups with a member that runs or has failed. */
const isLive = ({ word }: Seen): boolean => !isOver(word) && !isAhead(word)

const countOf = (words: ReadonlyArray<Word>): string =>
  order
    .flatMap((word) => {
      const n = words.filter((other) => other === word).length
      return n === 0 ? [] : [`${n} ${word}`]
    })
    .join(', ')

/** `✓ 12 done, 3 hit: read, split, fit-detector ×2` */
const foldedLine = (seen: ReadonlyArray<Seen>): ReadonlyArray<Line> => {
  if (seen.length === 0) return []
  const words = seen.flatMap((one) => one.words)
  const { sign, tone } =
    signs[
      seen.every(({ word }) => word === seen[0]!.word) ? seen[0]!.word : isOver(seen[0]!.word) ? 'done' : seen[0]!.word
    ]
  const names = seen.map(
    ({ group: { id, labels } }) => printableLine(id) + (labels.length > 1 ? ` ×${labels.length}` : ''),
  )
  return [[{ text: sign, tone }, { text: ` ${countOf(words)}` }, { text: `: ${names.join(', ')}`, tone: 'dim' }]]
}

const expectedOf = (state: RunState, labels: ReadonlyArray<string>, columns: number): string => {
  const known = labels.map((label) => state.waiting.get(label)).filter((seconds) => seconds !== undefined)
  return known.length < labels.length
    ? ''
    : `about ${clock(
        known.reduce((sum, seconds) => sum + seconds, 0),
        columns,
      )}`
}

interface Row {
  readonly guide: string
  readonly under: string
  readonly name: string
  readonly word: Word
  readonly beside: Line
  readonly below: Line
}

/** A row a group; one more for each member that runs or has failed while others of the group have not. */
const rowsOf = (seen: ReadonlyArray<Seen>, state: RunState, now: number, columns: number): ReadonlyArray<Row> => {
  const byGroup = new Map(seen.map((one) => [one.group, one]))
  const memberRow = (label: string, name: string, guide: string, under: string): Row => {
    const word = wordOf(state, label)
    const running = state.running.find((stage) => stage.label === label)
    const row = { guide, under, name, word }
    if (running && word === 'running')
      return { ...row, ...runningParts(running, state.reasons.get(label) ?? '', now, columns) }
    const beside = word === 'stopped' && running ? stoppedParts(running) : quietParts(state, label, columns)
    return { ...row, beside, below: [] }
  }
  return placeGroups(seen.map(({ group }) => group)).flatMap(({ group, guide, under }) => {
    const { words, word } = byGroup.get(group)!
    const [only, second] = group.labels
    if (second === undefined) return [memberRow(only!, printableLine(group.id), guide, under)]
    const alike = words.every((other) => other === words[0])
    const told = alike ? expectedOf(state, group.labels, columns) : countOf(words)
    const shown = group.labels.filter((_, i) => !isOver(words[i]!) && !isAhead(words[i]!))
    return [
      {
        guide,
        under,
        name: `${printableLine(group.id)} ×${words.length}`,
        word,
        beside: [{ text: told, tone: 'dim' }],
        below: [],
      },
      ...shown.map((label) => memberRow(label, memberName(group, label), `${under} `, `${under} `)),
    ]
  })
}

/** Columns of the longest word that a running tree shows. */
const wordWidth = 7

const linesOf = (rows: ReadonlyArray<Row>, columns: number, reasons: boolean): ReadonlyArray<Line> => {
  const longest = Math.max(0, ...rows.map(({ guide, name }) => textWidth(guide) + 2 + textWidth(name)))
  const room = Math.min(longest, Math.max(10, Math.floor(columns * 0.36)))
  const gap = gapOf(columns)
  return rows.flatMap(({ guide, under, name, word, beside, below }) => {
    const { sign, tone } = signs[word]
    const head = fitToWidth(name, room - textWidth(guide) - 2)
    const quiet = isAhead(word)
    const line: Line = [
      { text: guide, tone: 'dim' },
      { text: sign, tone },
      { text: ` ${head}${gap}`, ...(quiet && { tone: 'dim' }) },
      { text: beside.some(({ text }) => text !== '') ? word.padEnd(wordWidth) : word, tone },
      ...(beside.some(({ text }) => text !== '') ? [{ text: gap }, ...beside] : []),
    ]
    if (!reasons || below.every(({ text }) => text === '')) return [line]
    const indent = ' '.repeat(Math.max(2, gap.length === 1 ? 2 : room - textWidth(under) + gap.length))
    return [line, [{ text: under, tone: 'dim' }, { text: indent }, ...below]]
  })
}

/** The run as a whole: `━━━━──── 12/40 stages  about 40 s left  1 min 02 s so far`. */
const wholeLine = (state: RunState, now: number, columns: number): Line => {
  const left = runLeft(state, now)
  const narrow = gapOf(columns).length === 1
  const parts: ReadonlyArray<Span> = [
    { text: `${state.done}/${state.total} stages`, tone: 'bold' },
    { text: left === undefined || state.stopped ? '' : `${narrow ? clock(left, columns) : about(left, columns)} left` },
    { text: narrow ? '' : `${clock(now - state.since, columns)} so far`, tone: 'dim' },
  ]
  const bar = [
    ...barOf(state.total === 0 ? 0 : state.done / state.total, Math.max(8, barWidth(columns))),
    { text: ' ' },
  ]
  return [...bar, ...joinSpans(parts, gapOf(columns))]
}

/** Rows below and above the region that are not its own: where the cursor rests, and the line that came last. */
const spareRows = 2

/** At most `rows - 2` lines; none is wider than `columns` once it is painted to that width. */
export const regionLines = (tree: StageTree, state: RunState, now: number, size: Size): ReadonlyArray<Line> => {
  const { columns } = size
  const budget = Math.max(2, size.rows - spareRows) - 1
  const seen = look(tree, state)
  const whole = wholeLine(state, now, columns)
  const over = seen.filter(({ word }) => isOver(word))
  const ahead = seen.filter(({ word }) => isAhead(word))
  const draw = (shown: ReadonlyArray<Seen>, reasons: boolean): ReadonlyArray<Line> => {
    const has = new Set(shown)
    return [
      ...foldedLine(over.filter((one) => !has.has(one))),
      ...linesOf(
        rowsOf(
          seen.filter((one) => has.has(one)),
          state,
          now,
          columns,
        ),
        columns,
        reasons,
      ),
      ...foldedLine(ahead.filter((one) => !has.has(one))),
    ]
  }
  const live = seen.filter(isLive)
  const tries: ReadonlyArray<() => ReadonlyArray<Line>> = [
    () => draw(seen, true),
    () => draw([...live, ...ahead], true),
    () => {
      const least = draw(live, true).length
      return draw([...live, ...ahead.slice(0, Math.max(0, budget - least))], true)
    },
    () => draw(live, true),
    () => draw(live, false),
  ]
  for (const attempt of tries) {
    const lines = attempt()
    if (lines.length <= budget) return [...lines, whole]
  }
  // more stages run than the screen has rows
  const lines = draw(live, false)
  const kept = lines.slice(0, Math.max(0, budget - 1))
  return [...kept, [{ text: `  and ${lines.length - kept.length} more lines`, tone: 'dim' }], whole]
}

/** What stays of a run that ended early: what failed, how much was done, how much was not reached. */
export const finalLines = (tree: StageTree, state: RunState, now: number, columns: number): ReadonlyArray<Line> => {
  const seen = look(tree, state)
  return [
    ...foldedLine(seen.filter(({ word }) => isOver(word))),
    ...linesOf(rowsOf(seen.filter(isLive), state, now, columns), columns, false),
    ...foldedLine(seen.filter(({ word }) => isAhead(word))),
    wholeLine(state, now, columns),
  ]
}
