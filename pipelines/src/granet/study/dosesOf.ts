// The arms of each dose, and what synthesis adds at it: AP by number of positive training films. Read from the metrics of
// arms named `plain@30`, `synthesis@30` and `spread@30`, whose donors lend equally often; the phantom’s answer is that the gain shrinks as positives grow.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'
import { atFloor } from './atFloor.ts'
import { boundsOf, differenceOf, directionOf, estimateOf, type Estimate } from './estimateOf.ts'

export interface Dose {
  readonly positives: number
  readonly plain?: Estimate
  readonly synthesis?: Estimate
  /** synthesis − plain */
  readonly gain?: Estimate
  readonly spread?: Estimate
  /** spread − plain */
  readonly spreadGain?: Estimate
  /** neither arm found more than next to nothing */
  readonly atFloor: boolean
}

/** From the smallest dose to the largest. */
export const dosesOf = (rows: ReadonlyArray<MetricRow>, metric: string): ReadonlyArray<Dose> => {
  const positives = new Set(
    rows.flatMap(({ arm, part }) => {
      const found = /^(?:plain|synthesis|spread)@(\d+)$/.exec(arm)
      return found && part === 'test' ? [Number(found[1])] : []
    }),
  )
  return [...positives]
    .toSorted((a, b) => a - b)
    .flatMap((dose) => {
      const [plain, synthesis, spread] = [`plain@${dose}`, `synthesis@${dose}`, `spread@${dose}`] as const
      const own = {
        plain: estimateOf(rows, plain, metric),
        synthesis: estimateOf(rows, synthesis, metric),
        gain: differenceOf(rows, synthesis, plain, metric),
        spread: estimateOf(rows, spread, metric),
        spreadGain: differenceOf(rows, spread, plain, metric),
      }
      const known = Object.fromEntries(Object.entries(own).filter(([, one]) => one !== undefined))
      if (Object.keys(known).length === 0) return []
      return [{ positives: dose, ...known, atFloor: atFloor(rows, [plain, synthesis], metric) }]
    })
}

export interface Shrinking {
  readonly from: Dose
  readonly to: Dose
  /** gain at the fewest positives − gain at the most */
  readonly ours: Estimate
  /** `no gain`: synthesis is worse at the fewest positives, so that there is nothing to shrink */
  readonly says: 'shrinks' | 'grows' | 'no gain' | 'cannot tell'
}

/** Whether there is a gain at the fewest positives, above that at the most; undefined where two gains are not known. */
export const shrinking = (
  rows: ReadonlyArray<MetricRow>,
  doses: ReadonlyArray<Dose>,
  metric: string,
  seeds: number,
): Shrinking | undefined => {
  const [from, to] = [doses.find(({ gain }) => gain), doses.findLast(({ gain }) => gain)]
  if (from === undefined || to === undefined || from === to) return undefined
  const of = ({ positives }: Dose): string => `synthesis@${positives}${BETWEEN}plain@${positives}`
  const ours = differenceOf(rows, of(from), of(to), metric)
  if (ours === undefined) return undefined
  const [gain, change] = [directionOf(boundsOf(from.gain!)), directionOf(boundsOf(ours))]
  const says =
    from.atFloor || to.atFloor || seeds < 2
      ? 'cannot tell'
      : gain === 'below zero'
        ? 'no gain'
        : change === 'below zero'
          ? 'grows'
          : gain === 'above zero' && change === 'above zero'
            ? 'shrinks'
            : 'cannot tell'
  return { from, to, ours, says }
}
