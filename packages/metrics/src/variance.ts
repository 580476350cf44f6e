/** Of a sample, n − 1 below. Of resampled statistics and of training seeds. */
export const variance = (values: Float64Array): number => {
  const mean = values.reduce((s, v) => s + v, 0) / values.length
  return values.reduce((s, v) => s + (v - mean) ** 2, 0) / (values.length - 1)
}
