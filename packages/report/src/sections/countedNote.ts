// What n is, beside the numbers that have it.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'

const isRsna = ({ metric }: MetricRow): boolean => metric.startsWith('ap-rsna') && !metric.includes('-positives')
const isBetween = ({ arm }: MetricRow): boolean => arm.includes(BETWEEN)

export const countedNote = (rows: ReadonlyArray<MetricRow>): string => {
  const between = rows.some(isBetween)
  const whose = !between ? 'a value' : rows.every(isBetween) ? 'either arm’s value' : 'a value, or either arm’s,'
  const what = `n: the films that ${whose} was taken over.`
  if (!rows.some(isRsna)) return what
  return `${what} The RSNA score leaves out films with neither a true box nor a detection, so arms are averaged over different films${
    between ? ', and a difference is taken between two such means' : ''
  }.`
}
