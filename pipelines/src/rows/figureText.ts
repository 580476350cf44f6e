// Figures as the table prints them: label, value, 95 % interval where there is one, n.
import type { Found } from './PaperRow.ts'

const MINUS = '−'

/** Digits that show the figure's size: three decimals for shares, fewer for large values, two significant for small ones. */
const decimalsOf = (value: number): number => {
  const size = Math.abs(value)
  if (size >= 100) return 0
  if (size >= 10) return 1
  return size >= 0.01 || size === 0 || !Number.isFinite(size) ? 3 : Math.min(8, 1 - Math.floor(Math.log10(size)))
}

export const numberText = (value: number, decimals: number = decimalsOf(value)): string => {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? `${MINUS}∞` : 'unknown'
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text
}

/** Without n, which several figures may share. */
const valueText = ({ measure, value, low, high }: Found): string => {
  if (measure.as === 'share') return `${(100 * value).toFixed(1)} %`
  // differences of AP keep three decimals, however small, so that they can be held against each other
  const decimals = measure.digits ?? (measure.as === 'gain' ? 3 : decimalsOf(value))
  const sign = measure.as === 'gain' && value >= 0 ? '+' : ''
  const known = !Number.isNaN(low) && !Number.isNaN(high)
  const interval = known ? ` [${numberText(low, decimals)}, ${numberText(high, decimals)}]` : ''
  return `${sign}${numberText(value, decimals)}${interval}`
}

/** Each with its label; n once where all have the same. @param after what follows a figure, such as a bracket */
export const figuresText = (found: ReadonlyArray<Found>, after: (one: Found) => string = () => ''): string => {
  const shared = found.length > 1 && new Set(found.map((one) => one.n)).size === 1
  const texts = found.map((one) => `${one.measure.label} ${valueText(one)}${after(one)}${shared ? '' : `, n ${one.n}`}`)
  return texts.join('; ') + (shared ? `; n ${found[0]!.n} each` : '')
}
