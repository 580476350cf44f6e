// What known shares say of the measure that is to find them. Used by `check-shares`.
import type { MetricRow } from '@radiograft/pipeline'
import type { Verdict } from '../verdict.ts'

export interface KnownShare {
  readonly arm: string
  /** the class */
  readonly name: string
  /** films of the set */
  readonly n: number
  readonly known: number
  /** with bounds for all shares together; undefined where the measure could not be taken */
  readonly found: MetricRow | undefined
  /** corrected share in source films */
  readonly source: number | undefined
}

/** Expectation maximisation comes near to a share of 0, not to it. */
const ROUNDING = 1e-6

const within = ({ low, high }: MetricRow, share: number): boolean => share >= low - ROUNDING && share <= high + ROUNDING

export const isInside = ({ known, found }: KnownShare): boolean => found !== undefined && within(found, known)

interface Said {
  readonly verdict: Verdict
  readonly why: string
}

/**
 * Fails where a known share lies outside of its bounds. Holds where all lie inside and a bound tells some set from the source: bounds that hold
 * whatever was measured show nothing.
 */
export const recoveredVerdict = (shares: ReadonlyArray<KnownShare>): Said => {
  if (shares.length === 0)
    return { verdict: 'cannot tell', why: 'no films of known classes could be mixed: hold out more patients' }
  const lacking = shares.filter(({ found }) => found === undefined)
  if (lacking.length > 0)
    return {
      verdict: 'cannot tell',
      why: `the shares of ${lacking.length} of ${shares.length} classes could not be corrected for the classifier’s errors`,
    }
  const outside = shares.filter((share) => !isInside(share))
  const text = ({ arm, name, known, found }: KnownShare): string =>
    `${name} of ${arm} ${known.toFixed(3)} in [${found!.low.toFixed(3)}, ${found!.high.toFixed(3)}]`
  if (outside.length > 0)
    return { verdict: 'fails', why: `outside: ${outside.map(text).join('; ').replaceAll(' in [', ' not in [')}` }
  const telling = shares.filter(({ found, source }) => source !== undefined && !within(found!, source))
  if (telling.length === 0)
    return {
      verdict: 'cannot tell',
      why: `all ${shares.length} lie within bounds so wide that the source’s shares do too: validate on more films`,
    }
  return {
    verdict: 'holds',
    why: `all ${shares.length} lie within, and the source’s do not: ${telling.map(text).join('; ')}`,
  }
}

/**
 * Fails where a class that is not there is found, in any seed; holds where it is missed and as many real films show it.
 * @param found 1 or 0, one row a seed @param shown whether as many real films show the class, the same
 */
export const absentVerdict = (
  name: string,
  found: ReadonlyArray<MetricRow>,
  shown: ReadonlyArray<MetricRow>,
): Said & { /** share of seeds that miss it */ readonly missing: number | undefined; readonly seeds: number } => {
  const seeds = found.length
  const of = seeds > 1 ? ` in ${found.filter(({ value }) => value > 0).length} of ${seeds} seeds` : ''
  if (seeds === 0)
    return { verdict: 'cannot tell', why: `whether ${name} is found could not be measured`, missing: undefined, seeds }
  const missing = found.filter(({ value }) => value === 0).length / seeds
  if (missing < 1)
    return {
      verdict: 'fails',
      why: `${name} is found${of}, more often than the classifier’s errors explain`,
      missing,
      seeds,
    }
  if (shown.length < seeds || shown.some(({ value }) => value === 0))
    return {
      verdict: 'cannot tell',
      why: `${name} is missing; real films in equal numbers do not show it either`,
      missing,
      seeds,
    }
  return { verdict: 'holds', why: `${name} is missing, and real films in equal numbers show it`, missing, seeds }
}
