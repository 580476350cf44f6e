// Which series of a fit share an axis. One fit: its losses together as long as they are of like size, other quantities
// alone. Several fits: one panel a quantity, one line a fit, for there the fits are compared.
import type { LinePlot } from '@radiograft/figures'
import type { SeriesRow } from '@radiograft/pipeline'

export interface NamedCurves {
  /** the fit, such as `attention` */
  readonly name: string
  readonly rows: ReadonlyArray<SeriesRow>
}

/** Quantities that are no loss, and what they are called on their axis. */
const quantities: Readonly<Record<string, string>> = {
  gradNorm: 'norm of the gradient',
  learningRate: 'learning rate',
  determinant: 'det θ (1 keeps areas)',
}
/** Losses within this factor of one another share a panel; more would press the smaller ones to the floor. */
const LIKE_SIZE = 8
/** A panel of more than this factor between its ends is logarithmic. */
const WIDE = 30

interface Line {
  readonly name: string
  readonly series: string
  readonly points: ReadonlyArray<readonly [x: number, y: number]>
  /** median of |value| */
  readonly size: number
}

const lineOf = (name: string, series: string, rows: ReadonlyArray<SeriesRow>): Line => {
  const points = rows
    .filter((row) => row.name === series)
    .toSorted((a, b) => a.step - b.step)
    .map(({ step, value }) => [step, value] as const)
  const sizes = points.map(([, y]) => Math.abs(y)).toSorted((a, b) => a - b)
  return { name, series, points, size: sizes[Math.floor(sizes.length / 2)] ?? 0 }
}

const lossTitle = (series: string): string => (series === 'loss' ? 'whole loss' : `loss: ${series}`)

/** Lines of like size, largest first; each group starts at the largest line that has none yet. */
const bySize = (lines: ReadonlyArray<Line>): Line[][] => {
  const groups: Line[][] = []
  for (const line of lines.toSorted((a, b) => b.size - a.size)) {
    const group = groups.at(-1)
    if (group && line.size * LIKE_SIZE >= group[0]!.size) group.push(line)
    else groups.push([line])
  }
  return groups
}

const panelOf = (title: string, lines: ReadonlyArray<Line>): LinePlot => {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y)).filter(Number.isFinite)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return {
    title,
    xLabel: 'step',
    yLabel: quantities[lines[0]!.series] ?? 'loss',
    // a lone line is named by the panel's title
    series: lines.map(({ name, points }, i) => ({ name: lines.length === 1 ? '' : name, points, dashed: i % 2 === 1 })),
    ...(low > 0 && high > WIDE * low ? { log: 'y' as const } : {}),
    width: 480,
    height: 280,
  }
}

/**
 * @returns panels in reading order, losses first, and the series left out because they are 0 throughout (a term of weight
 * 0) or hold nothing that can be drawn
 */
export const curvePanels = (
  fits: ReadonlyArray<NamedCurves>,
): { readonly panels: ReadonlyArray<LinePlot>; readonly leftOut: ReadonlyArray<string> } => {
  const names = [...new Set(fits.flatMap(({ rows }) => rows.map((row) => row.name)))]
  const drawn = (line: Line): boolean => line.points.some(([, y]) => Number.isFinite(y) && y !== 0)
  const linesOf = (series: string): Line[] =>
    fits.map(({ name, rows }) => lineOf(name, series, rows)).filter((line) => drawn(line))
  const leftOut = names.filter((series) => linesOf(series).length === 0)
  const kept = names.filter((series) => !leftOut.includes(series))
  const losses = kept.filter((series) => !(series in quantities))
  // the whole loss first, its terms after it
  const ordered = [...losses.filter((name) => name === 'loss'), ...losses.filter((name) => name !== 'loss').toSorted()]
  const others = kept.filter((series) => series in quantities).toSorted()
  const alone = (series: ReadonlyArray<string>): LinePlot[] =>
    series.map((name) => panelOf(quantities[name] ?? lossTitle(name), linesOf(name)))
  if (fits.length > 1) return { panels: alone([...ordered, ...others]), leftOut }
  const lossLines = ordered.flatMap((series) => linesOf(series).map((line) => ({ ...line, name: series })))
  const inOrder = (lines: ReadonlyArray<Line>): Line[] =>
    lines.toSorted((a, b) => ordered.indexOf(a.series) - ordered.indexOf(b.series))
  return {
    panels: [
      ...bySize(lossLines).map((lines) =>
        panelOf(lines.length === 1 ? lossTitle(lines[0]!.series) : 'losses', inOrder(lines)),
      ),
      ...alone(others),
    ],
    leftOut,
  }
}
