// A curve as text: braille dots, two across and four down a character, between the least and the greatest value.
import { formatNumber } from '../text/formatNumber.ts'
import { printableLine } from '../text/printable.ts'

/** Bits of the eight dots of a character, by column and row. */
const dots = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const

export interface Curve {
  readonly name: string
  readonly points: ReadonlyArray<{ readonly step: number; readonly value: number }>
}

const heightOf = 6

/** A head, `heightOf` lines and the steps below them. Values that are no number are left out. */
export const plotLines = ({ name, points }: Curve, columns: number): ReadonlyArray<string> => {
  const known = points.filter(({ value }) => Number.isFinite(value))
  const last = points.at(-1)
  const head = `${printableLine(name)}  ${points.length} point${points.length === 1 ? '' : 's'}, last ${last === undefined ? '–' : formatNumber(last.value)}`
  if (known.length === 0) return [head, '  (no finite value)']
  const values = known.map(({ value }) => value)
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  const [first, end] = [known[0]!.step, known.at(-1)!.step]
  const labels = [formatNumber(high), formatNumber(low)]
  const margin = Math.max(...labels.map((text) => text.length)) + 1
  const width = Math.max(10, Math.min(columns - margin - 2, 100))
  const cells = Array.from({ length: heightOf }, () => new Uint8Array(width))
  const dot = (x: number, y: number): void => void (cells[y >> 2]![x >> 1]! |= dots[x & 1]![y & 3]!)
  const places = known.map(
    ({ step, value }) =>
      [
        end === first ? 0 : Math.round(((step - first) / (end - first)) * (2 * width - 1)),
        high === low ? 2 * heightOf : Math.round(((high - value) / (high - low)) * (4 * heightOf - 1)),
      ] as const,
  )
  dot(...places[0]!)
  for (const [i, [x, y]] of places.slice(1).entries()) {
    // straight from point to point
    const [fromX, fromY] = places[i]!
    const reach = Math.max(1, Math.abs(x - fromX), Math.abs(y - fromY))
    for (let t = 1; t <= reach; t++)
      dot(Math.round(fromX + ((x - fromX) * t) / reach), Math.round(fromY + ((y - fromY) * t) / reach))
  }
  const plot = cells.map((row, i) => {
    const label = i === 0 ? labels[0]! : i === heightOf - 1 ? labels[1]! : ''
    const line = Array.from(row, (bits) => (bits === 0 ? ' ' : String.fromCodePoint(0x28_00 + bits))).join('')
    return `${label.padStart(margin)} │${line}`.trimEnd()
  })
  const axis = `${' '.repeat(margin + 2)}${String(first)}${String(end).padStart(Math.max(1, width - String(first).length))}`
  return [head, ...plot, axis]
}
