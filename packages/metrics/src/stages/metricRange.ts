// Where a metric lies by its definition, by the beginning of its name: bounds that are computed and not resampled are cut to it.

const unit =
  /^(share-(?!total)|predicted-share-|near-copy-share-|nearer-to-training-|leans-to-training-|lean-chance-|precision-|recall-|memorised-|found-|shown-)/
const positive = /^(share-total-|fid-|swd-|checkerboard-|classes-missing|near-copies-blocked|latent-findings)/

/** Differences and ratios of arms are not bounded. @param arm as in its row */
export const metricRange = (arm: string, metric: string): readonly [low: number, high: number] => {
  if (/ [−/] /.test(arm)) return [-Infinity, Infinity]
  return unit.test(metric) ? [0, 1] : positive.test(metric) ? [0, Infinity] : [-Infinity, Infinity]
}
