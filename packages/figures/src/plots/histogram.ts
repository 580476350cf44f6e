// How numbers are spread: box sizes, scores, distances to the nearest film, for one group or a few over each other.
import { FigureError } from '../FigureError.ts'
import { element, label, line, svgDocument } from '../svg/element.ts'
import { ink, palette, seriesColours } from '../svg/palette.ts'
import type { Picture } from '../svg/Picture.ts'
import { drawFrame, drawLegend, layoutFrame, withTicks } from './plotFrame.ts'
import { formatNumber, makeScale } from './scale.ts'

/** A histogram of one or more groups in common bins. */
export interface Histogram {
  readonly title: string
  readonly description?: string
  readonly xLabel: string
  /** Groups; values that are not finite are left out and counted in the description. */
  readonly series: ReadonlyArray<{ readonly name: string; readonly values: ArrayLike<number> }>
  /** @default 30 */
  readonly bins?: number
  /** Ends of the first and the last bin; values beyond are left out and counted. Default: the data's. */
  readonly range?: readonly [low: number, high: number]
  /** Shares of each group in percent, so that groups of unequal size compare. Default: yes when there are several. */
  readonly shares?: boolean
  /** Vertical lines with a name, such as a threshold. */
  readonly marks?: ReadonlyArray<{ readonly name: string; readonly x: number }>
  /** @default 640 */
  readonly width?: number
  /** @default 320 */
  readonly height?: number
}

/** Values in each bin; the last bin holds its upper end, as numpy.histogram's does. */
export const countBins = (values: ArrayLike<number>, low: number, high: number, bins: number): Float64Array => {
  const counts = new Float64Array(bins)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!(value >= low && value <= high)) continue
    counts[Math.min(Math.floor(((value - low) / (high - low)) * bins), bins - 1)]! += 1
  }
  return counts
}

/**
 * The histogram as an SVG string.
 * @throws FigureError when there is nothing to count or the bins make no sense
 */
export const histogram = (plot: Histogram): string => svgDocument(histogramPicture(plot))

/**
 * The histogram as a picture, to stand in a `pictureGrid`.
 * @throws FigureError when there is nothing to count or the bins make no sense
 */
export const histogramPicture = (plot: Histogram): Picture => {
  const { series, bins = 30, marks = [], width = 640, height = 320, shares = series.length > 1 } = plot
  const finite = series.map(({ values }) => Array.from(values).filter(Number.isFinite))
  const [low, high] = plot.range ?? dataRange(finite.flat())
  if (!Number.isSafeInteger(bins) || bins < 1 || !(high > low)) {
    throw new FigureError('histogram', `${bins} bins from ${low} to ${high} hold nothing`)
  }
  const counts = finite.map((values) => countBins(values, low, high, bins))
  const shown = counts.map((group) => group.reduce((sum, count) => sum + count, 0))
  if (shown.every((n) => n === 0)) throw new FigureError('histogram', `no value lies from ${low} to ${high}`)
  const heights = counts.map((group, s) =>
    shares ? group.map((count) => (100 * count) / Math.max(finite[s]!.length, 1)) : group,
  )

  const names = series.map(({ name }, s) => `${name} (n = ${finite[s]!.length})`)
  const legendNames = [...names, ...marks.map(({ name }) => name)]
  const room = layoutFrame({ title: plot.title, legend: legendNames, width, height })
  const tallest = Math.max(...heights.flatMap((group) => Array.from(group)))
  const y = makeScale([0, tallest], [room.bottom, room.top], { nice: true })
  const frame = withTicks(room, y)
  const x = makeScale([low, high], [frame.left, frame.right], { ticks: 6 })
  const edge = (i: number): number => x.at(low + ((high - low) * i) / bins)
  const styles = series.map((_, s) => ({
    colour: palette[seriesColours[s % seriesColours.length]!],
    dash: s === 0 ? undefined : ['6 3', '2 3', '8 3 2 3'][(s - 1) % 3],
  }))
  const groups = heights.map((group, s) => {
    const { colour, dash } = styles[s]!
    const steps = Array.from(
      group,
      (value, i) => `L${edge(i).toFixed(1)} ${y.at(value).toFixed(1)}H${edge(i + 1).toFixed(1)}`,
    )
    const d = `M${frame.left} ${frame.bottom}${steps.join('')}V${frame.bottom}Z`
    return element('path', {
      d,
      fill: colour,
      'fill-opacity': series.length === 1 ? 0.55 : 0.2,
      stroke: colour,
      'stroke-width': 1.75,
      'stroke-dasharray': dash,
    })
  })
  const lines = marks
    .filter((mark) => mark.x >= low && mark.x <= high)
    .map((mark) => line(x.at(mark.x), frame.top, x.at(mark.x), frame.bottom, ink.text, { width: 1.5, dash: '2 3' }))
  const legend = drawLegend(frame, legendNames, (i, lx, ly) => {
    const style = styles[i]
    if (style === undefined) return line(lx + 12, ly - 8, lx + 12, ly + 8, ink.text, { width: 1.5, dash: '2 3' })
    return element('rect', {
      x: lx,
      y: ly - 6,
      width: 24,
      height: 12,
      fill: style.colour,
      'fill-opacity': 0.3,
      stroke: style.colour,
      'stroke-width': 1.75,
      'stroke-dasharray': style.dash,
    })
  })
  const leftOut = series.reduce((sum, { values }, s) => sum + values.length - shown[s]!, 0)
  const footnote =
    leftOut === 0
      ? ''
      : label(width - 14, height - 8, `${leftOut} values not shown`, { size: 11, anchor: 'end', fill: ink.faint })
  return {
    width,
    height,
    title: plot.title,
    description:
      plot.description ??
      `Histogram of ${plot.xLabel} from ${formatNumber(low)} to ${formatNumber(high)} in ${bins} bins: ${names.join('; ')}. ${leftOut} values not shown.`,
    body:
      drawFrame(frame, x, y, plot.xLabel, shares ? 'share of the group (%)' : 'count') +
      groups.join('') +
      lines.join('') +
      legend +
      footnote,
  }
}

const dataRange = (values: ReadonlyArray<number>): readonly [number, number] => {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}
