// Where a metric lies by its definition, by the beginning of its name: bounds that are computed and not resampled are cut to it.

const unit =
  /^(share-|predicted-share-|known-share|absent-class-missing|near-copy-(?!below-)|nearer-to-training-|leans-to-training-|lean-chance-|precision-|recall-|memorised-|found-|shown-)/
const positive = /^(near-copy-below-|fid-|swd-|checkerboard-|classes-missing|near-copies-blocked|latent-findings)/

/** Differences and ratios of arms are not bounded, a distance between two arms is. @param arm as in its row */
export const metricRange = (arm: string, metric: string): readonly [low: number, high: number] => {
  if (/ [−/] /.test(arm) && !metric.startsWith('share-total-variation')) return [-Infinity, Infinity]
  return unit.test(metric) ? [0, 1] : positive.test(metric) ? [0, Infinity] : [-Infinity, Infinity]
}
