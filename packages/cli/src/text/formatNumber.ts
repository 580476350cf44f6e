// Numbers of metrics for people: four significant digits or the whole part, whole numbers whole, `–` for what cannot be given.

export const formatNumber = (value: number | null): string => {
  if (value === null || Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value)
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e6) return value.toExponential(3)
  if (size >= 1e4) return String(Math.round(value))
  return size < 1 ? value.toFixed(4) : value.toPrecision(4).replace(/\.0+$/, '')
}
