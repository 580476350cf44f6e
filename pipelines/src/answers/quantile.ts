/** The smallest value that at least a share of the values do not exceed; `quantile(values, 0.5)` is a (lower) median. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(Math.ceil(share * values.length) - 1, 0)]!
