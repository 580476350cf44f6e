// Values with intervals over few settings, in panels one above another: an outcome over the size of a training set, and
// below it what a method adds. All panels share the x axis and one scale of y, so that heights compare between panels.
import { FigureError } from '../FigureError.ts'
import { element, escapeText, line, svgDocument } from '../svg/element.ts'
import { ink, palette, seriesColours } from '../svg/palette.ts'
import type { Picture } from '../svg/Picture.ts'
import { marker, path } from './marker.ts'
import { drawFrame, drawLegend, layoutFrame, withTicks } from './plotFrame.ts'
import { formatNumber, makeScale } from './scale.ts'
import type { Scale } from './scale.ts'

/** A value at one setting. Leave both ends out where there is no interval. */
export interface PanelPoint {
  readonly x: number
  readonly y: number
  readonly low?: number
  readonly high?: number
}

/** One line of a panel. */
export interface PanelSeries {
  readonly name: string
  /** In the order in which they are joined. */
  readonly points: ReadonlyArray<PanelPoint>
  /** @default false */
  readonly dashed?: boolean
}

/** Lines of one quantity. */
export interface Panel {
  readonly yLabel: string
  readonly series: ReadonlyArray<PanelSeries>
  /** A dashed horizontal line, such as 0 for differences; it is always in view. */
  readonly noEffect?: number
}

/** Panels from top to bottom. */
export interface PanelPlot {
  readonly title: string
  readonly description?: string
  readonly xLabel: string
  /** A logarithmic x axis. @default false */
  readonly logX?: boolean
  readonly panels: ReadonlyArray<Panel>
  /** @default 640 */
  readonly width?: number
  /** Of all panels together, without their labels. @default 400 */
  readonly plotHeight?: number
}

/** Neighbours are set apart by so many pixels, so that intervals at one x do not hide each other. */
const APART = 8
/** A panel of one step of the y axis is at least so high. */
const STEP = 34
/** From the bottom of a panel to the top of the next: tick labels, and a little air. */
const BETWEEN = 44

/**
 * The panels as an SVG string.
 * @throws FigureError without a panel or a point, when a number is not finite, when an interval ends the wrong way round, or
 *   when x is not positive on a logarithmic axis
 */
export const panelPlot = (plot: PanelPlot): string => svgDocument(panelPicture(plot))

/**
 * The panels as a picture, to stand in a `pictureGrid`.
 * @throws FigureError as `panelPlot`
 */
export const panelPicture = (plot: PanelPlot): Picture => {
  const { panels, logX = false, width = 640, plotHeight = 400 } = plot
  const all = panels.flatMap(({ series }) => series)
  const points = all.flatMap((one) => one.points)
  if (points.length === 0) throw new FigureError('panelPlot', 'no points')
  for (const { name, points: own } of all)
    for (const { x, y, low = y, high = y } of own)
      if (![x, y, low, high].every(Number.isFinite) || low > high)
        throw new FigureError('panelPlot', `'${name}' at ${x} is ${y} in [${low}, ${high}]`)

  const ranges = panels.map(rangeOf)
  const widest = Math.max(...ranges.map(([low, high]) => high - low)) || 1
  const step = stepOf(makeScale([0, widest], [0, 1]))
  const domains = ranges.map(([low, high]) => {
    const [from, to] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
    return { low: from * step, high: Math.max(to, from + 1) * step, steps: Math.max(to - from, 1) }
  })
  // one height of a step for all
  const perStep = Math.max(STEP, plotHeight / domains.reduce((sum, { steps }) => sum + steps, 0))

  const names = all.map(({ name }) => name)
  const room = layoutFrame({ title: plot.title, legend: names, width, height: 0 })
  let top = room.top
  const laid = domains.map(({ low, high, steps }) => {
    const bottom = top + steps * perStep
    const y = makeScale([low, high], [bottom, top], { ticks: steps })
    const frame = { ...withTicks(room, y), top, bottom }
    top = bottom + BETWEEN
    return { frame, y }
  })
  const left = Math.max(...laid.map(({ frame }) => frame.left))
  const xs = [...new Set(points.map(({ x }) => x))].toSorted((a, b) => a - b)
  const axis = makeScale([xs[0]!, xs.at(-1)!], [left + 30, room.right - 30], { log: logX })
  // each setting has its own tick
  const x: Scale = { ...axis, ticks: xs.map((value) => ({ value, text: formatNumber(value) })) }

  const styles = all.map(({ dashed }, i) => ({
    colour: palette[seriesColours[i % seriesColours.length]!],
    dash: dashed === true ? '7 4' : undefined,
    shape: i + Math.floor(i / seriesColours.length),
  }))
  const body = laid.map(({ frame, y }, p) => {
    const { series, yLabel, noEffect } = panels[p]!
    const placed = { ...frame, left, titleLines: p === 0 ? room.titleLines : [] }
    const level =
      noEffect === undefined
        ? ''
        : line(left, y.at(noEffect), frame.right, y.at(noEffect), ink.axis, { width: 1.5, dash: '4 3' })
    const marks = series.map((one, i) => {
      const { colour, dash, shape } = styles[all.indexOf(one)]!
      const shift = (i - (series.length - 1) / 2) * APART
      const at = one.points.map((point) => ({ ...point, px: x.at(point.x) + shift, py: y.at(point.y) }))
      const joined = element('path', {
        d: path(at.map(({ px, py }) => [px, py])),
        fill: 'none',
        stroke: colour,
        'stroke-width': 1.5,
        'stroke-dasharray': dash,
      })
      const values = at.map(({ px, py, low, high, ...point }) => {
        const known = low !== undefined && high !== undefined
        const interval = known
          ? [
              line(px, y.at(low), px, y.at(high), colour, { width: 2 }),
              line(px - 5, y.at(low), px + 5, y.at(low), colour, { width: 2 }),
              line(px - 5, y.at(high), px + 5, y.at(high), colour, { width: 2 }),
            ].join('')
          : ''
        const words = element('title', {}, escapeText(said(one.name, { ...point, ...(known ? { low, high } : {}) })))
        return element('g', {}, words + interval + marker(shape, px, py, colour))
      })
      return joined + values.join('')
    })
    return drawFrame(placed, x, y, p === panels.length - 1 ? plot.xLabel : '', yLabel) + level + marks.join('')
  })
  const legend = drawLegend({ ...laid[0]!.frame, left }, names, (i, lx, ly) => {
    const { colour, dash, shape } = styles[i]!
    return line(lx, ly, lx + 24, ly, colour, { width: 2, dash }) + marker(shape, lx + 12, ly, colour)
  })
  return {
    width,
    height: laid.at(-1)!.frame.bottom + 50,
    title: plot.title,
    description:
      plot.description ??
      `${panels.map(({ yLabel }) => yLabel).join(', ')} over ${plot.xLabel}. ` +
        all.flatMap(({ name, points: own }) => own.map((point) => said(name, point))).join('; '),
    body: body.join('') + legend,
  }
}

const rangeOf = ({ series, noEffect }: Panel): readonly [low: number, high: number] => {
  const values = series.flatMap(({ points }) => points.flatMap(({ y, low = y, high = y }) => [y, low, high]))
  if (noEffect !== undefined) values.push(noEffect)
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)]
}

const stepOf = ({ ticks }: Scale): number => ticks[1]!.value - ticks[0]!.value

const said = (name: string, { x, y, low, high }: PanelPoint): string => {
  const interval = low === undefined || high === undefined ? '' : ` [${formatNumber(low)}, ${formatNumber(high)}]`
  return `${name} at ${formatNumber(x)}: ${formatNumber(y)}${interval}`
}
