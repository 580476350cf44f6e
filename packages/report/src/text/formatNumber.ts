// Numbers for readers. The page also holds each number in full, in the `value` of its element.

/** What stands where a number cannot be given. */
export const DASH = '–'

const grouped = (digits: string): string =>
  digits.replace(/^\d{5,}(?=\.|$)/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','))

/**
 * @param value NaN is a dash
 * @param decimals digits after the point. Default: none for whole numbers, else four significant digits
 */
export const formatNumber = (value: number, decimals?: number): string => {
  if (Number.isNaN(value)) return DASH
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  if (size === Infinity) return `${sign}∞`
  if (size !== 0 && (size >= 1e9 || size < 1e-6))
    return sign + size.toExponential(2).replace('e+', 'e').replace('e-', 'e−')
  const digits = decimals ?? (Number.isInteger(size) ? 0 : Math.max(0, 3 - Math.floor(Math.log10(size))))
  const text = size.toFixed(digits)
  return (
    (Number(text) === 0 ? '' : sign) +
    grouped(decimals === undefined ? text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : text)
  )
}

/** Digits after the point that show three significant digits of the largest of some numbers, for columns that line up. */
export const decimalsFor = (values: ReadonlyArray<number>): number => {
  const finite = values.filter(Number.isFinite)
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest === 0 || finite.every(Number.isInteger)) return 0
  return Math.min(Math.max(2 - Math.floor(Math.log10(largest)), largest < 1 ? 3 : 0), 6)
}
