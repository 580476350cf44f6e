/**
 * One verdict a claim: holds, fails, or cannot tell (papers.md, "What settles each claim"). The report prints it
 * beside the interval that `pairedSeedBootstrap` gives for the claim's primary contrast, fixed before the run.
 */
import { MetricError } from './MetricError.ts'

export type Verdict = 'holds' | 'fails' | 'cannot tell'

export interface Contrast {
  /** interval of (arm − control), in the metric's own units */
  readonly low: number
  readonly high: number
  /** what the paper says of arm − control: that it is above zero, or below (a loss, a distance) */
  readonly claim: 'greater' | 'less'
  /** the paper's own arm − control; null when it prints none (X8) */
  readonly paperGap: number | null
  /** training seeds behind the interval; one seed says nothing about training variance */
  readonly seeds: number
}

/**
 * In this order:
 * 1. fewer than two seeds → cannot tell;
 * 2. the interval is wider than the paper's gain → cannot tell, wherever it lies: a study that could not have
 *    resolved the gain does not decide it;
 * 3. the whole interval on the claimed side of zero → holds (of whatever size);
 * 4. the whole interval on the other side → fails;
 * 5. zero inside, but the paper's gain beyond the interval → fails: a gain of that size is excluded;
 * 6. else cannot tell.
 * @throws MetricError when low > high, a bound is not finite, or the paper's gain has the sign opposite to its claim
 */
export const verdict = ({ low, high, claim, paperGap, seeds }: Contrast): Verdict => {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high))
    throw new MetricError('low, high', `not an interval: [${low}, ${high}]`)
  const sign = claim === 'greater' ? 1 : -1
  const [from, to] = sign === 1 ? [low, high] : [-high, -low]
  const gain = paperGap === null ? null : sign * paperGap
  if (gain !== null && !(gain >= 0))
    throw new MetricError('paperGap', `${paperGap} contradicts the claim "${claim}": give arm − control as printed`)
  if (!(seeds >= 2)) return 'cannot tell'
  if (gain !== null && to - from > gain) return 'cannot tell'
  if (from > 0) return 'holds'
  if (to < 0) return 'fails'
  return gain !== null && gain > to ? 'fails' : 'cannot tell'
}

/**
 * How many films would tell, N: with n films the interval is w = 2·t·√(V_p + V_s) wide, with N it is 2·t·√(V_p·n/N + V_s), since
 * what is owed to seeds does not shrink with films; it is to be |gain|. With ρ = V_s / (V_p + V_s) that is
 * N = n·(1 − ρ) / ((gain / w)² − ρ), and Infinity where seeds alone make it wider. A rough guide: it takes seeds to be as many, and
 * as variable, as now, t as it is, and arms that do something: where neither finds anything the interval is narrow for want
 * of detections, not for plenty of films. null when the paper prints no gain.
 * @param contrast.films films that the score counts, which is what the answer counts too
 * @param contrast.seedShare ρ, the row `<metric>-seed-share` @default 0
 */
export const filmsToTell = (contrast: {
  readonly low: number
  readonly high: number
  readonly films: number
  readonly paperGap: number | null
  readonly seedShare?: number
}): number | null => {
  const { low, high, films, paperGap, seedShare = 0 } = contrast
  if (paperGap === null || paperGap === 0) return null
  if (seedShare === 0) return Math.ceil(films * ((high - low) / Math.abs(paperGap)) ** 2)
  const wanted = (paperGap / (high - low)) ** 2 // of se², as it is now
  return wanted > seedShare ? Math.ceil((films * (1 - seedShare)) / (wanted - seedShare)) : Infinity
}
