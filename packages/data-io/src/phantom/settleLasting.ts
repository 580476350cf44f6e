/**
 * Findings that last from a patient's first film: which of their draws could be seen there is settled there, so that a
 * later film shows the very same lesion and draws no other where its own exposure hides it. Used by `renderFilm.ts`.
 */
import { JUDGE_GRID } from './boxFromMask.ts'
import type { FindingPlan } from './findings/registry.ts'
import { healthyFilm, judgeOf } from './healthyFilm.ts'
import { settleFinding, type Judge } from './settleFinding.ts'
import { vesselTree } from './vesselTree.ts'

/** The plans with the attempt of each lasting finding; the first film is computed once, and only where something lasts. */
export function settleLasting(plans: readonly FindingPlan[], delta: number): readonly FindingPlan[] {
  const first = plans.find(({ lasting }) => lasting === true)?.drawnFor
  if (first === undefined) return plans
  const { patient, film } = first
  const judge: Judge = judgeOf(film, healthyFilm(patient, film, vesselTree(patient), JUDGE_GRID))
  return plans.map((plan) =>
    plan.lasting === true ? { ...plan, attempt: settleFinding(judge, plan, delta)?.attempt ?? 0 } : plan,
  )
}
