// Draws lines at the bottom of a terminal again and again in place, and lets text scroll away above them. Between two frames
// the terminal is as a shell expects it: the cursor is seen, in the first column of the row below the region; no mode, margin
// or second screen is ever set, and a colour ends in the line in which it begins. Whatever kills the process, kill -9
// included, the next prompt stands below what was drawn. That is also why a frame is not bracketed as "synchronized"
// (CSI ? 2026), which is a mode; it needs none: a frame is one write, and only lines that differ are written over.
import { textWidth } from './textWidth.ts'
import { stripVTControlCharacters } from 'node:util'

export interface Region {
  /** `above` ends with a line break, or is empty. Lines are at most `columns - 1` wide. Writes nothing when nothing differs. */
  readonly draw: (lines: ReadonlyArray<string>, above?: string) => void
  /** The region is gone; the cursor stands where it began. */
  readonly erase: () => void
}

interface Screen {
  readonly out: (text: string) => void
  readonly columns: () => number
  readonly rows: () => number
}

const up = (n: number): string => (n === 0 ? '\r' : `\u001B[${n}A\r`)
const down = (n: number): string => (n === 0 ? '' : `\u001B[${n}B`)
const eraseRest = '\u001B[K'
const eraseBelow = '\u001B[J'

export const drawInPlace = ({ out, columns, rows }: Screen): Region => {
  let drawn: ReadonlyArray<string> = []
  let size = { columns: columns(), rows: rows() }
  /**
   * Screen rows that the drawn lines take. Most terminals break the lines anew when they become narrower; one that does not
   * (xterm) loses a few rows above the region then.
   */
  const height = (): number =>
    drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(textWidth(stripVTControlCharacters(line)) / size.columns)),
      0,
    )
  const anew = (lines: ReadonlyArray<string>, above: string): string =>
    `${up(height())}${eraseBelow}${above}${lines.map((line) => `${line}\n`).join('')}`
  /** Over the old lines, from the first that differs. */
  const over = (lines: ReadonlyArray<string>): string => {
    let text = up(drawn.length)
    let passed = 0
    for (const [i, line] of lines.entries())
      if (line === drawn[i]) passed++
      else {
        text += `${down(passed)}${line}${eraseRest}\n`
        passed = 0
      }
    return `${text}${down(passed)}${lines.length < drawn.length ? eraseBelow : ''}`
  }
  const draw = (lines: ReadonlyArray<string>, above = ''): void => {
    const now = { columns: columns(), rows: rows() }
    const resized = now.columns !== size.columns || now.rows !== size.rows
    size = now
    const same = lines.length === drawn.length && lines.every((line, i) => line === drawn[i])
    if (above === '' && same && !resized) return
    out(above !== '' || resized || drawn.length === 0 ? anew(lines, above) : over(lines))
    drawn = lines
  }
  return {
    draw,
    erase: () => {
      if (drawn.length > 0) draw([])
    },
  }
}
