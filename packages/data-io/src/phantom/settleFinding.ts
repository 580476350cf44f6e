/**
 * Draws a planned finding until it is visible: attempt a + 1 has its own key, at most eight redraws. Each finding is
 * judged alone on the healthy film, so that what it becomes does not depend on the film's other findings.
 */
import { alterAnatomy, type Anatomy, type StructuralChange } from './anatomy.ts'
import { transmission } from './attenuation.ts'
import { boxFromMask, JUDGE_GRID, type CellBox } from './boxFromMask.ts'
import { compose } from './compose.ts'
import { clipToBox, maskOf } from './findingMask.ts'
import type { FindingBase, FindingKind, Lesion } from './findings/findingKind.ts'
import { drawFinding, type DrawnFinding, type FindingPlan } from './findings/registry.ts'
import type { Detector } from './imaging/detector.ts'
import { LEAD } from './imaging/glyphs.ts'
import { isVisible, visibilityOf } from './visibility.ts'

const REDRAWS = 8

/** The healthy film on the judging grid (256², no blur at that size). */
export interface Judge {
  readonly anatomy: Anatomy
  readonly healthy: Float64Array
  readonly marker: Float64Array
  readonly detector: Detector
}

/** A finding as it will be rendered. */
export interface SettledFinding {
  readonly drawn: DrawnFinding
  readonly attempt: number
  readonly visible: boolean
  readonly box: CellBox
  readonly contrast: number
  readonly area: number
  /** On the judging grid, for films that are rendered on it. */
  readonly lesion: Lesion
  readonly attenuation: Float64Array
}

/**
 * Settles one finding. `redraw` false keeps attempt 0, as the prototype does; a plan with an attempt keeps that one.
 * Returns null only when no attempt marked a single cell; when none was visible, the one of most contrast.
 */
export function settleFinding(judge: Judge, plan: FindingPlan, delta: number, redraw = true): SettledFinding | null {
  let best: SettledFinding | null = null
  const first = plan.attempt ?? 0
  const last = plan.attempt ?? (redraw ? REDRAWS : 0)
  for (let attempt = first; attempt <= last; attempt++) {
    const settled = attemptFinding(judge, plan, delta, attempt)
    if (settled === null) continue
    if (settled.visible) return settled
    if (best === null || settled.contrast > best.contrast) best = settled
  }
  return best
}

function attemptFinding(judge: Judge, plan: FindingPlan, delta: number, attempt: number): SettledFinding | null {
  const { anatomy, healthy, marker, detector } = judge
  const { patient, canvas } = anatomy
  const drawn = drawFinding(patient, canvas.film, plan, delta, attempt)
  const change = structureOf(drawn, anatomy)
  const altered = change === null ? anatomy : alterAnatomy(anatomy, [change])
  const lesion = lesionOf(drawn, altered)
  const mask = maskOf(lesion.signal, JUDGE_GRID, JUDGE_GRID)
  const box = boxFromMask(mask)
  if (box === null) return null
  const attenuation = compose(altered, lesion.added, lesion.collapsed)
  const value = (map: Float64Array) => (o: number) => detector.value(transmission(map[o]! + LEAD * marker[o]!), o)
  const seen = visibilityOf(clipToBox(mask, JUDGE_GRID, box), value(attenuation), value(healthy))
  return { drawn, attempt, visible: isVisible(seen, drawn.kind), box, ...seen, lesion, attenuation }
}

/** Change of the anatomy that a finding makes; null for additive findings. */
export function structureOf(drawn: DrawnFinding, anatomy: Anatomy): StructuralChange | null {
  const { kind, parameters } = drawn as AnyFinding
  return kind.structure?.(parameters, anatomy.patient, anatomy.canvas.film) ?? null
}

/** What a finding does on the given anatomy's grid. */
export function lesionOf(drawn: DrawnFinding, anatomy: Anatomy): Lesion {
  const { kind, parameters } = drawn as AnyFinding
  return kind.lesion(anatomy, parameters)
}

/** Kind and parameters of one finding belong together by construction (`drawFinding`); the union cannot say so. */
interface AnyFinding {
  readonly kind: FindingKind<object>
  readonly parameters: FindingBase
}
