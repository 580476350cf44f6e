// Arms that detect nothing to speak of: what differs from one of them is the other arm itself, no gain over a control.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'

/** Arms whose every average precision is 0 and who raise no false alarm, in order. */
export const silentArms = (metrics: ReadonlyArray<MetricRow>): ReadonlyArray<string> => {
  const arms = [...new Set(metrics.map(({ arm }) => arm))].filter((arm) => !arm.includes(BETWEEN))
  return arms.filter((name) => {
    const own = metrics.filter(({ arm }) => arm === name)
    const precisions = own.filter(({ metric }) => metric.startsWith('ap-'))
    const alarms = own.filter(({ metric }) => metric.startsWith('false-alarm-rate'))
    return precisions.length > 0 && alarms.length > 0 && [...precisions, ...alarms].every(({ value }) => value === 0)
  })
}

/** Empty where no arm is silent. */
export const silentNote = (metrics: ReadonlyArray<MetricRow>): string => {
  const silent = silentArms(metrics)
  if (silent.length === 0) return ''
  return `Silent: ${silent.join(', ')} (average precision 0 and no false alarm). A difference from a silent arm is the other arm’s own value, and no gain over a control.`
}
