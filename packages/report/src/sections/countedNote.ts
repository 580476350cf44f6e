// What n is, beside the numbers that have it.
import type { MetricRow } from '@radiograft/pipeline'

const isRsna = ({ metric }: MetricRow): boolean => metric.startsWith('ap-rsna') && !metric.includes('-positives')

/** @param between whether the rows are differences between arms */
export const countedNote = (rows: ReadonlyArray<MetricRow>, between: boolean): string => {
  const what = `n: the films that ${between ? 'either arm’s value' : 'a value'} was taken over.`
  if (!rows.some(isRsna)) return what
  return `${what} The RSNA score leaves out films with neither a true box nor a detection, so arms are averaged over different films${
    between ? ': a difference is one of two such means, taken from the same drawn patients' : ''
  }.`
}
