// Axes: where numbers come to lie, which of them get a tick, and how they are written. Used by all plots.
import { FigureError } from '../FigureError.ts'

/** One axis: data to pixels, and the ticks with their labels. */
export interface Scale {
  readonly at: (value: number) => number
  readonly ticks: ReadonlyArray<{ readonly value: number; readonly text: string }>
  /** True when the value can be drawn: finite, and positive on a logarithmic axis. */
  readonly drawable: (value: number) => boolean
}

const minus = (text: string): string => text.replace('-', '\u2212')

/**
 * A number as a reader wants it: `digits` significant digits, no trailing zeros unless `fixed` decimals are asked for,
 * 1.2e-5 for the very small and 1.2e7 for the very large.
 */
export const formatNumber = (value: number, digits = 3): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'n/a' : minus(value > 0 ? '∞' : '-∞')
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return minus(value.toExponential(digits - 1).replace('e+', 'e'))
  return minus(
    String(Number(value.toPrecision(Math.max(digits, size >= 1 ? Math.floor(Math.log10(size)) + 1 : digits)))),
  )
}

/** A number with the decimals that a step between ticks calls for. */
const tickText = (value: number, step: number): string => {
  const size = Math.max(Math.abs(value), step)
  if (size >= 1e6 || step < 1e-4) return formatNumber(value)
  const text = value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  return minus(size >= 1e3 ? text.replace(/\B(?=(\d{3})+$)/g, ',') : text)
}

/** The step 1, 2 or 5 times a power of ten that gives about `count` intervals. */
const niceStep = (span: number, count: number): number => {
  const raw = span / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const factor = [1, 2, 5, 10].find((nice) => nice * power >= raw * (1 - 1e-9))!
  return factor * power
}

/**
 * @param domain data at the two ends; equal ends are widened
 * @param pixels where these lie
 * @param options log: logarithmic; ticks: about how many (default 5); nice: widen the domain to whole ticks
 * @throws FigureError for a domain that is not finite, or not positive on a logarithmic axis
 */
export const makeScale = (
  domain: readonly [low: number, high: number],
  pixels: readonly [from: number, to: number],
  options: { readonly log?: boolean; readonly ticks?: number; readonly nice?: boolean } = {},
): Scale => {
  const { log = false, ticks = 5, nice = false } = options
  let [low, high] = domain
  if (!Number.isFinite(low) || !Number.isFinite(high) || (log && low <= 0)) {
    throw new FigureError('makeScale', `no ${log ? 'logarithmic ' : ''}axis can show ${low} to ${high}`)
  }
  if (low === high) {
    const around = log ? 2 : Math.abs(low) * 0.1 || 1
    ;[low, high] = log ? [low / around, high * around] : [low - around, high + around]
  }
  const place = log ? Math.log10 : (value: number): number => value
  let marks: Array<{ value: number; text: string }>
  if (log) {
    if (nice)
      [low, high] = [
        Math.max(...logSteps(low).filter((step) => step <= low * (1 + 1e-9))),
        Math.min(...logSteps(high).filter((step) => step >= high * (1 - 1e-9))),
      ]
    marks = logTicks(low, high, ticks).map((value) => ({ value, text: formatNumber(value) }))
  } else {
    const step = niceStep(high - low, ticks)
    if (nice) [low, high] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step]
    const first = Math.ceil(low / step - 1e-9)
    const last = Math.floor(high / step + 1e-9)
    marks = Array.from({ length: last - first + 1 }, (_, i) => {
      const value = (first + i) * step + 0 // + 0 turns -0 into 0
      return { value, text: tickText(value, step) }
    })
  }
  const from = place(low)
  const span = place(high) - from
  return {
    at: (value) => pixels[0] + ((place(value) - from) / span) * (pixels[1] - pixels[0]),
    ticks: marks,
    drawable: (value) => Number.isFinite(value) && (!log || value > 0),
  }
}

/** The 1-2-5 steps around a positive number. */
const logSteps = (value: number): number[] => {
  const power = 10 ** Math.floor(Math.log10(value))
  return [0.5, 1, 2, 5, 10, 20].map((factor) => factor * power)
}

/** Powers of ten; every second or third when there are many, with 2 and 5 between when there are few. */
const logTicks = (low: number, high: number, count: number): number[] => {
  const first = Math.floor(Math.log10(low) + 1e-9)
  const last = Math.ceil(Math.log10(high) - 1e-9)
  const factors = last - first <= 3 ? [1, 2, 5] : [1]
  const every = Math.max(1, Math.ceil((last - first) / count))
  const values: number[] = []
  for (let power = first; power <= last; power += every) {
    for (const factor of factors) values.push(factor * 10 ** power)
  }
  return values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
}
