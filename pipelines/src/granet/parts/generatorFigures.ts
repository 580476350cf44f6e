// Which generators of a run are looked at (rows G10, G21, G32), and what their figures go by.
import type { Metrics, Ref } from '@radiograft/pipeline'
import { arms, type ArmName } from '../arms.ts'

interface At {
  readonly arm: ArmName
  readonly fold: number
  readonly seed: number
}

/** That of most arms is `generator`, one of another kind has the kind's name too. */
export const generatorName = ({ arm, seed }: Omit<At, 'fold'>): string => {
  const { generator, attention, schedule } = arms[arm]
  const kind = generator ?? (schedule && `schedule:${schedule}`) ?? (attention === 'untrained' ? attention : undefined)
  return `generator${kind === undefined ? '' : `:${kind}`}${seed === 0 ? '' : `, seed ${seed}`}`
}

/** Of the first fold: the first arm's with each seed, the others' with the first seed; each once, by its name. */
export const generatorFigures = (
  cells: ReadonlyArray<{ readonly at: At; readonly metrics: Ref<typeof Metrics> }>,
): ReadonlyMap<string, Ref<typeof Metrics>> => {
  const found = new Map<string, Ref<typeof Metrics>>()
  const { at: mine } = cells[0]!
  const ofKind = ({ arm }: At): string => generatorName({ arm, seed: mine.seed })
  for (const { at, metrics } of cells) {
    const name = generatorName(at)
    const asked = at.fold === mine.fold && (at.seed === mine.seed || ofKind(at) === ofKind(mine))
    if (asked && !found.has(name)) found.set(name, metrics)
  }
  return found
}
