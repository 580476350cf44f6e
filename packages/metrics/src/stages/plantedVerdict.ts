// What became of planted copies, as a verdict on what is to hold copies back. Used by `count-planted`.
import { incompleteBeta } from '../incompleteBeta.ts'
import type { Verdict } from '../verdict.ts'

export interface PlantedCounts {
  readonly copies: number
  readonly blocked: number
  /** blocked as copies of the film that they show */
  readonly named: number
  /** planted films among those that the run exports */
  readonly exported: number
  /** films of patients in no training, and how many of them were blocked */
  readonly others: number
  readonly othersBlocked: number
  /** that an honest film is blocked */
  readonly chance: number
}

/** Error at which more of the others are blocked than chance explains. */
const LEVEL = 0.05

/**
 * Fails where one copy passes, is blocked for another film's sake, or reaches the export. Where films of other patients are blocked as well, more
 * than chance explains, all being blocked is no merit.
 */
export const plantedVerdict = (counts: PlantedCounts): { readonly verdict: Verdict; readonly why: string } => {
  const { copies, blocked, named, exported, others, othersBlocked, chance } = counts
  const p = atLeast(othersBlocked, others, chance)
  const why =
    `${blocked} of ${copies} copies blocked, ${named} by name, ${exported} exported; ` +
    (others === 0
      ? 'no films of other patients beside them'
      : `of ${others} films of other patients ${othersBlocked} blocked (p ${p.toPrecision(2)})`)
  if (blocked < copies || named < copies || exported > 0) return { verdict: 'fails', why }
  return { verdict: others > 0 && p <= LEVEL ? 'cannot tell' : 'holds', why }
}

/** P(X ≥ k) of a binomial of n films. */
const atLeast = (k: number, n: number, chance: number): number =>
  k === 0 ? 1 : incompleteBeta(chance, 1 - chance, k, n - k + 1)
