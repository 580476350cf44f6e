// Lines over an axis: training curves, precision over recall, AP over the threshold. Used by stages that emit figures.
import { FigureError } from '../FigureError.ts'
import { element, line, svgDocument } from '../svg/element.ts'
import { ink, palette, seriesColours } from '../svg/palette.ts'
import type { Colour } from '../svg/palette.ts'
import type { Picture } from '../svg/Picture.ts'
import { marker, path } from './marker.ts'
import { drawFrame, drawLegend, layoutFrame, withTicks } from './plotFrame.ts'
import { formatNumber, makeScale } from './scale.ts'
import type { Scale } from './scale.ts'

/** One line of a plot. */
export interface LineSeries {
  /** Shown in the legend; a plot whose title says it all leaves the name of its only line empty. */
  readonly name: string
  /** In the order in which they are joined; a point that is not finite (or not positive on a log axis) breaks the line. */
  readonly points: ReadonlyArray<readonly [x: number, y: number]>
  /** Dashes for what is compared with, such as a baseline. @default false */
  readonly dashed?: boolean
  /** Default: the next of `seriesColours`. */
  readonly colour?: Colour
  /** An interval around the line, drawn as a translucent band. */
  readonly band?: ReadonlyArray<readonly [x: number, low: number, high: number]>
}

/** A plot of lines. */
export interface LinePlot {
  readonly title: string
  readonly description?: string
  readonly xLabel: string
  readonly yLabel: string
  readonly series: ReadonlyArray<LineSeries>
  /** Which axes are logarithmic. */
  readonly log?: 'x' | 'y' | 'both'
  /** Ends of the axes; default: the data's, widened to whole ticks on y. */
  readonly xRange?: readonly [low: number, high: number]
  readonly yRange?: readonly [low: number, high: number]
  /** Horizontal lines with a name, such as the paper's figure or chance. */
  readonly references?: ReadonlyArray<{ readonly name: string; readonly y: number }>
  /** @default 640 */
  readonly width?: number
  /** @default 360 */
  readonly height?: number
}

type Point = readonly [x: number, y: number]

// More points than pixels say nothing: each pixel column keeps its first, lowest, highest and last point.
const thin = (points: ReadonlyArray<Point>): ReadonlyArray<Point> => {
  if (points.length <= 1500) return points
  const columns: Point[][] = []
  let column = NaN
  for (const point of points) {
    if (Math.round(point[0]) !== column) {
      column = Math.round(point[0])
      columns.push([])
    }
    columns.at(-1)!.push(point)
  }
  return columns.flatMap((group) => {
    let low = 0
    let high = 0
    group.forEach((point, i) => {
      if (point[1] < group[low]![1]) low = i
      if (point[1] > group[high]![1]) high = i
    })
    return [...new Set([0, Math.min(low, high), Math.max(low, high), group.length - 1])].map((i) => group[i]!)
  })
}

/** Runs of drawable points, in pixels. */
const runsOf = (points: ReadonlyArray<Point>, x: Scale, y: Scale): Point[][] => {
  const runs: Point[][] = [[]]
  for (const [px, py] of points) {
    if (x.drawable(px) && y.drawable(py)) runs.at(-1)!.push([x.at(px), y.at(py)])
    else if (runs.at(-1)!.length > 0) runs.push([])
  }
  return runs.filter((run) => run.length > 0)
}

const extent = (values: ReadonlyArray<number>, log: boolean, where: string): readonly [number, number] => {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value) || (log && value <= 0)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) throw new FigureError('linePlot', `nothing can be drawn on the ${where} axis`)
  return [low, high]
}

const describe = (plot: LinePlot): string =>
  `${plot.yLabel} over ${plot.xLabel}. ` +
  plot.series
    .map(({ name, points }) => {
      const last = points.at(-1)
      return last === undefined
        ? `${name}: no points`
        : `${name}: ${points.length} points, ends at ${formatNumber(last[1])}`
    })
    .join('; ')

/**
 * The plot as an SVG string.
 * @throws FigureError when no point can be drawn
 */
export const linePlot = (plot: LinePlot): string => svgDocument(linePicture(plot))

/**
 * The plot as a picture, to stand in a `pictureGrid`.
 * @throws FigureError when no point can be drawn
 */
export const linePicture = (plot: LinePlot): Picture => {
  const { series, log, references = [], width = 640, height = 360 } = plot
  const logX = log === 'x' || log === 'both'
  const logY = log === 'y' || log === 'both'
  const names = [...series.map(({ name }) => name), ...references.map(({ name }) => name)].filter((name) => name !== '')
  const room = layoutFrame({ title: plot.title, legend: names, width, height })
  const xs = series.flatMap(({ points, band = [] }) => [...points.map(([x]) => x), ...band.map(([x]) => x)])
  const ys = [
    ...series.flatMap(({ points, band = [] }) => [
      ...points.map(([, y]) => y),
      ...band.flatMap(([, low, high]) => [low, high]),
    ]),
    ...references.map(({ y }) => y),
  ]
  const y = makeScale(plot.yRange ?? extent(ys, logY, 'y'), [room.bottom, room.top], {
    log: logY,
    nice: plot.yRange === undefined,
  })
  const frame = withTicks(room, y)
  const x = makeScale(plot.xRange ?? extent(xs, logX, 'x'), [frame.left, frame.right], { log: logX, ticks: 6 })

  const styles = series.map((one, i) => ({
    colour: palette[one.colour ?? seriesColours[i % seriesColours.length]!],
    dash: one.dashed === true ? '7 4' : undefined,
    // past the last colour a second round differs by marker shape
    // long lines carry a few markers, where there are several to tell apart
    every: one.points.length <= 30 ? 1 : series.length > 1 ? Math.ceil(one.points.length / 8) : 0,
    shape: i + Math.floor(i / seriesColours.length),
  }))
  const marks = series.map((one, i) => {
    const { colour, dash, every, shape } = styles[i]!
    const bands = one.band === undefined ? '' : drawBand(one.band, x, y, colour)
    const runs = runsOf(one.points, x, y)
    const lines = runs
      .map((run) =>
        element('path', {
          d: path(thin(run)),
          fill: 'none',
          stroke: colour,
          'stroke-width': 2,
          'stroke-dasharray': dash,
          'stroke-linejoin': 'round',
        }),
      )
      .join('')
    // a run of one point has no length: only its marker shows it
    const dots = runs.flatMap((run) =>
      run
        .filter((_, n) => (every > 0 && n % every === 0) || run.length === 1)
        .map(([px, py]) => marker(shape, px, py, colour)),
    )
    return bands + lines + dots.join('')
  })
  const lines = references.map(({ y: value }) =>
    line(frame.left, y.at(value), frame.right, y.at(value), ink.faint, { width: 1.5, dash: '2 3' }),
  )
  const inner = element(
    'svg',
    // cuts what chosen ranges leave out; 6 px of air keep markers at the edge whole
    {
      x: frame.left - 6,
      y: frame.top - 6,
      width: frame.right - frame.left + 12,
      height: frame.bottom - frame.top + 12,
      viewBox: `${frame.left - 6} ${frame.top - 6} ${frame.right - frame.left + 12} ${frame.bottom - frame.top + 12}`,
    },
    [...lines, ...marks].join(''),
  )
  const legend = drawLegend(frame, names, (i, lx, ly) => {
    const style = styles[i]
    if (style === undefined) return line(lx, ly, lx + 24, ly, ink.faint, { width: 1.5, dash: '2 3' })
    return (
      line(lx, ly, lx + 24, ly, style.colour, { width: 2, dash: style.dash }) +
      (style.every > 0 ? marker(style.shape, lx + 12, ly, style.colour) : '')
    )
  })
  return {
    width,
    height,
    title: plot.title,
    description: plot.description ?? describe(plot),
    body: drawFrame(frame, x, y, plot.xLabel, plot.yLabel) + inner + legend,
  }
}

const drawBand = (band: NonNullable<LineSeries['band']>, x: Scale, y: Scale, colour: string): string => {
  const shown = band.filter(([px, low, high]) => x.drawable(px) && y.drawable(low) && y.drawable(high))
  if (shown.length < 2) return ''
  const there: Point[] = shown.map(([px, , high]) => [x.at(px), y.at(high)])
  const back: Point[] = shown.toReversed().map(([px, low]) => [x.at(px), y.at(low)])
  return element('path', { d: `${path([...there, ...back])}Z`, fill: colour, 'fill-opacity': 0.18 })
}
