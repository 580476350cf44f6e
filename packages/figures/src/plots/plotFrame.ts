// The frame that line plots and histograms share: title, axes with ticks, grid, labels, and a legend beside the plot.
import { element, escapeText, label, line } from '../svg/element.ts'
import { ink } from '../svg/palette.ts'
import { textWidth, wrapText } from '../svg/wrapText.ts'
import type { Scale } from './scale.ts'

/** Where things lie, in pixels of the picture. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly titleLines: ReadonlyArray<string>
}

const LEGEND_LINE = 18

/** Room for title, axes and legend around the plot. */
export const layoutFrame = (options: {
  readonly title: string
  readonly legend: ReadonlyArray<string>
  readonly width: number
  readonly height: number
}): Frame => {
  const { width, height } = options
  const titleLines = wrapText(options.title, width - 28, 3, 15)
  const legendWidth =
    options.legend.length === 0
      ? 0
      : Math.min(Math.max(...options.legend.map((text) => textWidth(text))) + 44, width * 0.34)
  return {
    width,
    height,
    left: 68,
    right: width - 18 - legendWidth,
    top: 22 + titleLines.length * 19,
    bottom: height - 50,
    titleLines,
  }
}

/** The frame with room at the left for the labels of the ticks and, beyond them, of the axis. */
export const withTicks = (frame: Frame, y: Scale): Frame => ({
  ...frame,
  left: Math.max(frame.left, Math.ceil(Math.max(0, ...y.ticks.map((tick) => textWidth(tick.text))) + 36)),
})

/** Title, grid, axes, tick labels and axis labels. */
export const drawFrame = (frame: Frame, x: Scale, y: Scale, xLabel: string, yLabel: string): string => {
  const { left, right, top, bottom } = frame
  const parts = frame.titleLines.map((text, i) => label(14, 26 + i * 19, text, { size: 15, bold: true }))
  for (const tick of y.ticks) {
    const at = y.at(tick.value)
    parts.push(line(left, at, right, at, ink.grid), label(left - 8, at + 4, tick.text, { anchor: 'end' }))
  }
  for (const tick of x.ticks) {
    const at = x.at(tick.value)
    parts.push(line(at, bottom, at, bottom + 5, ink.axis), label(at, bottom + 19, tick.text, { anchor: 'middle' }))
  }
  parts.push(line(left, bottom, right, bottom, ink.axis))
  const [xText = ''] = wrapText(xLabel, right - left + 40, 1, 13)
  const [yText = ''] = wrapText(yLabel, bottom - top + 40, 1, 13)
  const middle = (top + bottom) / 2
  parts.push(
    label((left + right) / 2, bottom + 39, xText, { size: 13, anchor: 'middle' }),
    label(18, middle, yText, { size: 13, anchor: 'middle', transform: `rotate(-90 18 ${Math.round(middle)})` }),
  )
  return parts.join('')
}

/** The names right of the plot, each in up to two lines; `sample` draws the mark around the middle of the first. */
export const drawLegend = (
  frame: Frame,
  names: ReadonlyArray<string>,
  sample: (index: number, x: number, y: number) => string,
): string => {
  const x = frame.right + 14
  let y = frame.top + 10
  const entries: string[] = []
  names.forEach((name, i) => {
    const lines = wrapText(name, frame.width - x - 34, 2)
    const words = lines.map((text, n) => label(x + 30, y + 4 + n * 14, text))
    entries.push(element('g', {}, element('title', {}, escapeText(name)) + sample(i, x, y) + words.join('')))
    y += LEGEND_LINE + Math.max(lines.length - 1, 0) * 14
  })
  return entries.join('')
}
