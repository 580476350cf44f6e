// Which films the report's viewer holds when not all fit. No film is chosen by how well an arm did on it, but for the
// surest false alarms, which a reader looks for first; the others lie at equal distances along their ids.
import { evenly } from '../pictures/evenly.ts'

export interface Candidate {
  readonly film: string
  readonly positive: boolean
  /** the highest score at or above its arm's threshold, over all arms; null when no arm found anything */
  readonly surest: number | null
}

/** At most `most` films, ascending: half of them positives, a quarter the surest false alarms; the rest is filled up. */
export const chooseShown = (candidates: ReadonlyArray<Candidate>, most: number): ReadonlyArray<string> => {
  if (candidates.length <= most) return candidates.map(({ film }) => film).toSorted()
  const positives = candidates.filter(({ positive }) => positive)
  const negatives = candidates.filter(({ positive }) => !positive)
  const alarms = negatives
    .filter(({ surest }) => surest !== null)
    .toSorted((a, b) => b.surest! - a.surest! || (a.film < b.film ? -1 : 1))
    .slice(0, Math.floor(most / 4))
  const alarming = new Set(alarms.map(({ film }) => film))
  const others = negatives.filter(({ film }) => !alarming.has(film))
  // negatives give up what positives do not need, and the other way round
  const half = Math.ceil(most / 2)
  const room = Math.max(half, most - negatives.length)
  const shown = evenly(positives, Math.min(room, most))
  const left = Math.max(0, most - shown.length)
  const kept = alarms.slice(0, left)
  return [...shown, ...kept, ...evenly(others, left - kept.length)].map(({ film }) => film).toSorted()
}
