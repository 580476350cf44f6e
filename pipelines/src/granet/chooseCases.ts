// Which test films a figure of detections shows. Positives are taken at equal distances along their ids, so that misses are
// shown as often as they happen; false alarms are the surest ones, the hardest to explain away.
import { evenly } from '../pictures/evenly.ts'

export interface Case {
  readonly film: string
  /** number of true boxes */
  readonly truths: number
  /** the highest score above its arm's threshold, over all arms; null when no arm found anything */
  readonly surest: number | null
}

export const chooseCases = (
  cases: ReadonlyArray<Case>,
  counts: { readonly positives: number; readonly falseAlarms: number; readonly quiet: number },
): ReadonlyArray<{ readonly film: string; readonly kind: 'positive' | 'false alarm' | 'quiet negative' }> => {
  const negatives = cases.filter(({ truths }) => truths === 0)
  const alarms = negatives
    .filter(({ surest }) => surest !== null)
    .toSorted((a, b) => b.surest! - a.surest! || (a.film < b.film ? -1 : 1))
  const take = <K extends string>(films: ReadonlyArray<Case>, kind: K) => films.map(({ film }) => ({ film, kind }))
  return [
    ...take(
      evenly(
        cases.filter(({ truths }) => truths > 0),
        counts.positives,
      ),
      'positive',
    ),
    ...take(alarms.slice(0, counts.falseAlarms), 'false alarm'),
    ...take(
      evenly(
        negatives.filter(({ surest }) => surest === null),
        counts.quiet,
      ),
      'quiet negative',
    ),
  ]
}
