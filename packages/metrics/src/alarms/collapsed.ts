/**
 * Whether a generator has collapsed: its films hardly differ from each other, or reach only a small part of the real ones. Both are
 * measured against real films at equal numbers, for what is little variety among faces is plenty among chests.
 */
import { MetricError } from '../MetricError.ts'
import type { Alarm } from './Alarm.ts'
import { loggedWindow } from './loggedWindow.ts'

export interface VarietyLog {
  readonly step: number
  /** how much generated films differ, more is more: 1 − mean pairwise MS-SSIM, or mean pairwise distance */
  readonly diversity: number
  /** k-NN recall of real films by generated ones, [0, 1] */
  readonly recall: number
}

export interface CollapseOptions {
  /** logs in a row that must agree @default 3 */
  readonly window?: number
  /** diversity below this share of real films' @default 0.5 */
  readonly diversityShare?: number
  /** recall below this share of real films' @default 0.1 */
  readonly recallShare?: number
}

/**
 * Early in a training both are low because films are bad, so a log with less than a window gives no alarm, and a caller asks from
 * the step on at which films are films.
 * @param log rising steps
 * @param real the same two of real films, recall of them by other real ones, at equal numbers
 * @throws MetricError when steps do not rise, a number is not finite, or an option is out of range
 */
export const collapsed = (
  log: ReadonlyArray<VarietyLog>,
  real: Omit<VarietyLog, 'step'>,
  { window = 3, diversityShare = 0.5, recallShare = 0.1 }: CollapseOptions = {},
): Alarm => {
  for (const [name, share] of Object.entries({ diversityShare, recallShare }))
    if (!(share > 0 && share < 1)) throw new MetricError(name, `must be inside (0, 1), got ${share}`)
  if (!(real.diversity > 0 && real.recall > 0))
    throw new MetricError('real', 'diversity and recall must be above 0: no generator can be judged by these films')
  const broken = log.find(({ diversity, recall }) => !(Number.isFinite(diversity) && Number.isFinite(recall)))
  if (broken) throw new MetricError('log', `step ${broken.step} has a number that is not finite`)
  const { before, recent } = loggedWindow(log, window)
  const limits = { diversity: diversityShare * real.diversity, recall: recallShare * real.recall }
  const low = (name: 'diversity' | 'recall'): boolean =>
    recent.length === window && recent.every((entry) => entry[name] < limits[name])
  const names = (['diversity', 'recall'] as const).filter(low)
  if (names.length === 0) return { alarm: false, reasons: [], lastGood: null }
  const good = before.findLast((entry) => entry.diversity >= limits.diversity && entry.recall >= limits.recall)
  return {
    alarm: true,
    reasons: names.map((name) => {
      const most = Math.max(...recent.map((entry) => entry[name]))
      return `${name} is ${most.toPrecision(3)} at most since step ${recent[0]!.step}, of real films ${real[name].toPrecision(3)}`
    }),
    lastGood: good?.step ?? null,
  }
}
