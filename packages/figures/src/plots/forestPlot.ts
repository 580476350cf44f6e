// Values with intervals, one a row, and the paper's figures beside them: the plot in which arms are compared. An interval
// that crosses the line of no difference is seen at once. Used by stages that compare arms, shown first in the report.
import { FigureError } from '../FigureError.ts'
import { element, escapeText, label, line, svgDocument } from '../svg/element.ts'
import { ink, palette } from '../svg/palette.ts'
import type { Picture } from '../svg/Picture.ts'
import { textWidth, wrapText } from '../svg/wrapText.ts'
import { formatNumber, makeScale } from './scale.ts'

/** One row of the plot. */
export interface ForestRow {
  readonly label: string
  readonly value: number
  /** Ends of the interval; leave both out where there is none. */
  readonly low?: number
  readonly high?: number
  /** The figure that the paper reports, in the same unit. */
  readonly reference?: number
  /** How many films, patients or pairs it was taken over, written beside the interval. */
  readonly n?: number
  /** Draws the row in bold: the primary comparison. @default false */
  readonly primary?: boolean
  /** Words above the row, where a group of rows begins. */
  readonly heading?: string
}

/** A plot of values with intervals. */
export interface ForestPlot {
  readonly title: string
  readonly description?: string
  /** What the values are, with the unit and the kind of interval: 'AP (95 % interval over films)'. */
  readonly valueLabel: string
  readonly rows: ReadonlyArray<ForestRow>
  /** @default 'paper' */
  readonly referenceLabel?: string
  /** A vertical line, such as 0 for differences or the baseline's value. */
  readonly noEffect?: number
  /** Digits after the point in the printed values. Default: two or three significant digits of the largest value. */
  readonly decimals?: number
  /** @default 720 */
  readonly width?: number
}

const ROW = 32 // room for a label of two lines
const LOW_ROW = 22 // for one, where rows are many
const MANY = 12
const HEADING = 24

/**
 * The plot as an SVG string: rows from top to bottom in the order given, each with its values in words at the right.
 * @throws FigureError without rows, or when a value is not finite or lies outside its interval's order
 */
export const forestPlot = (plot: ForestPlot): string => svgDocument(forestPicture(plot))

/**
 * The same as a picture, to stand in a `pictureGrid`.
 * @throws FigureError without rows, or when a value is not finite or lies outside its interval's order
 */
export const forestPicture = (plot: ForestPlot): Picture => {
  const { rows, noEffect, width = 720, referenceLabel = 'paper' } = plot
  if (rows.length === 0) throw new FigureError('forestPlot', 'no rows')
  for (const { label, value, low = value, high = value, reference = value } of rows) {
    if (![value, low, high, reference].every(Number.isFinite) || low > high) {
      throw new FigureError('forestPlot', `row '${label}' is ${value} in [${low}, ${high}], reference ${reference}`)
    }
  }
  const numbers = rows.flatMap(({ value, low = value, high = value, reference = value }) => [
    value,
    low,
    high,
    reference,
  ])
  const decimals = plot.decimals ?? decimalsFor(numbers)
  const text = (value: number): string => formatFixed(value, decimals)
  const summary = (row: ForestRow): string => {
    const { value, low = value, high = value, n } = row
    const interval = row.low === undefined && row.high === undefined ? '' : ` [${text(low)}, ${text(high)}]`
    return `${text(value)}${interval}${n === undefined ? '' : `, n ${n}`}`
  }
  // bold letters are about a tenth wider than the estimate for plain ones
  const wide = (row: ForestRow, words: string): number => textWidth(words) * (row.primary === true ? 1.1 : 1)
  const referenced = rows.some((row) => row.reference !== undefined)

  const titleLines = wrapText(plot.title, width - 28, 3, 15)
  const labelWidth = Math.min(Math.max(...rows.map((row) => wide(row, row.label))) + 12, width * 0.34)
  const valueWidth = Math.max(...rows.map((row) => wide(row, summary(row)))) + 14
  const referenceWidth = referenced ? Math.max(textWidth(referenceLabel), 44) + 10 : 0
  const left = 14 + labelWidth
  const right = width - 14 - valueWidth - referenceWidth
  const head = 22 + titleLines.length * 19
  const named = rows.map((row) => wrapText(row.label, (labelWidth - 8) / (row.primary === true ? 1.1 : 1), 2))
  const many = rows.length > MANY
  const rowHeight = many && named.every((name) => name.length < 2) ? LOW_ROW : ROW
  // what is far from the axis at the bottom has one at the top
  const top = head + (referenced ? 24 : 6) + (many ? 18 : 0)
  let next = top + 2
  const placed = rows.map((row) => {
    next += row.heading === undefined ? 0 : HEADING
    next += rowHeight
    return next - rowHeight / 2
  })
  const bottom = next + 2
  const ends = noEffect === undefined ? numbers : [...numbers, noEffect]
  const x = makeScale([Math.min(...ends), Math.max(...ends)], [left + 8, right - 8], { nice: true })

  const body = titleLines.map((words, i) => label(14, 26 + i * 19, words, { size: 15, bold: true }))
  for (const tick of x.ticks) {
    body.push(
      line(x.at(tick.value), top, x.at(tick.value), bottom, ink.grid),
      label(x.at(tick.value), bottom + 17, tick.text, { anchor: 'middle' }),
      ...(many ? [label(x.at(tick.value), top - 6, tick.text, { anchor: 'middle' })] : []),
    )
  }
  if (noEffect !== undefined)
    body.push(line(x.at(noEffect), top, x.at(noEffect), bottom, ink.axis, { width: 1.5, dash: '4 3' }))
  if (referenced) {
    body.push(
      dot(left + 14, head + 6),
      label(left + 24, head + 10, 'this run'),
      diamond(left + 92, head + 6),
      label(left + 102, head + 10, referenceLabel),
      label(width - 14, top - 6, referenceLabel, { anchor: 'end', fill: ink.faint }),
    )
  }
  rows.forEach((row, i) => {
    const y = placed[i]!
    const name = named[i]!
    if (row.heading !== undefined) {
      const [words = ''] = wrapText(row.heading, width - 28, 1)
      body.push(label(14, y - rowHeight / 2 - 5, words, { fill: ink.faint }))
    }
    const { low = row.value, high = row.value } = row
    const bold = row.primary === true
    const parts = [
      element('title', {}, escapeText(`${row.label}: ${summary(row)}`)),
      ...name.map((words, n) => label(14, y + 4 + (n - (name.length - 1) / 2) * 14, words, { bold })),
      line(x.at(low), y, x.at(high), y, palette.blue, { width: bold ? 3 : 2 }),
    ]
    if (low < high) {
      for (const end of [low, high])
        parts.push(line(x.at(end), y - 5, x.at(end), y + 5, palette.blue, { width: bold ? 3 : 2 }))
    }
    parts.push(dot(x.at(row.value), y), label(right + valueWidth, y + 4, summary(row), { anchor: 'end', bold }))
    if (row.reference !== undefined) {
      parts.push(
        diamond(x.at(row.reference), y),
        label(width - 14, y + 4, text(row.reference), { anchor: 'end', fill: ink.faint }),
      )
    }
    body.push(element('g', {}, parts.join('')))
  })
  body.push(line(left, bottom, right, bottom, ink.axis))
  const [axis = ''] = wrapText(plot.valueLabel, width - 28, 1, 13)
  body.push(label((left + right) / 2, bottom + 38, axis, { size: 13, anchor: 'middle' }))
  return {
    width,
    height: bottom + 52,
    title: plot.title,
    description:
      plot.description ?? `${plot.valueLabel}. ${rows.map((row) => `${row.label}: ${summary(row)}`).join('; ')}`,
    body: body.join(''),
  }
}

const dot = (x: number, y: number): string => element('circle', { cx: x, cy: y, r: 5, fill: palette.blue })

/** Hollow, so that a mark on top of the value hides nothing. */
const diamond = (x: number, y: number): string =>
  element('path', {
    d: `M${x.toFixed(1)} ${(y - 7).toFixed(1)}l7 7l-7 7l-7 -7Z`,
    fill: 'none',
    stroke: palette.vermillion,
    'stroke-width': 2,
  })

/** Decimals that show three significant digits of the largest number, two when it is below 0.1. */
const decimalsFor = (numbers: ReadonlyArray<number>): number => {
  const largest = Math.max(...numbers.map(Math.abs))
  if (largest === 0) return 1
  const power = Math.floor(Math.log10(largest))
  return power >= 0 ? Math.max(2 - power, 0) : Math.min(Math.max(1 - power, 3), 6)
}

const formatFixed = (value: number, decimals: number): string =>
  Math.abs(value) >= 1e6
    ? formatNumber(value)
    : value
        .toFixed(decimals)
        .replace(/^-(?=0\.?0*$)/, '')
        .replace('-', '\u2212')
