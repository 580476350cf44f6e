/**
 * One film and its lesion-free twin from patient, exposure and planned findings: anatomy, findings, attenuation,
 * exposure, detector, masks and boxes, in this order. The twin shares anatomy, scatter, base, window and noise with the
 * film, so that both are bit-equal where no finding changed the attenuation. Used by `renderFilm.ts`.
 */
import { alterAnatomy, type Anatomy } from './anatomy.ts'
import { JUDGE_GRID } from './boxFromMask.ts'
import { compose } from './compose.ts'
import type { Film } from './film.ts'
import { clipToBox, maskOf } from './findingMask.ts'
import type { Lesion, Side } from './findings/findingKind.ts'
import type { FindingPlan, FindingType } from './findings/registry.ts'
import { healthyFilm, judgeOf } from './healthyFilm.ts'
import { detectorOf } from './imaging/detector.ts'
import { expose } from './imaging/expose.ts'
import { quantise, type Bits } from './imaging/quantise.ts'
import type { Patient } from './patient.ts'
import { lesionOf, settleFinding, structureOf, type SettledFinding } from './settleFinding.ts'
import { vesselTree } from './vesselTree.ts'

export interface SceneOptions {
  /** Pixels along a side, a power of two from 32 to 1024. */
  readonly size: number
  /** @default 8 */
  readonly bits?: Bits
  /** Difficulty δ of the findings in [0, 1]. @default 0.4 */
  readonly delta?: number
  /** Photon noise. @default true */
  readonly noise?: boolean
  /** Redraw findings that cannot be seen. @default true */
  readonly redraw?: boolean
}

/** A finding as the film shows it. */
export interface RenderedFinding {
  readonly type: FindingType
  /** −1 = patient's right (image left). */
  readonly side: Side
  /** [x0, y0, x1, y1] in pixels of the film, right and bottom excluded; multiples of size/256. */
  readonly box: readonly [number, number, number, number]
  /** size² bytes, 1 inside the finding; empty outside the box. */
  readonly mask: Uint8Array
  /** Mean noise-free difference to the twin over the mask on the 256² render, grey levels of 255. */
  readonly contrast: number
  /** Marked share of the film on the 256² render. */
  readonly area: number
  /** 0 unless the first draws could not be seen. */
  readonly attempt: number
  /** False when nine draws all stayed below the visibility rule, or this exposure hides a lesion of the film before. */
  readonly visible: boolean
}

export interface RenderedScene {
  readonly size: number
  readonly bits: Bits
  /** size² grey levels, row-major, bright = dense (MONOCHROME2). */
  readonly pixels: Uint8Array | Uint16Array
  /** The same film without findings. */
  readonly twin: Uint8Array | Uint16Array
  readonly findings: readonly RenderedFinding[]
}

export class PhantomSizeError extends Error {
  readonly _tag = 'PhantomSizeError'
  readonly size: number
  constructor(size: number) {
    super(`A phantom film of size ${size} cannot be rendered: choose 32, 64, 128, 256, 512 or 1024.`)
    this.size = size
  }
}

export function renderScene(
  patient: Patient,
  film: Film,
  plans: readonly FindingPlan[],
  options: SceneOptions,
): RenderedScene {
  const { size, bits = 8, delta = 0.4, noise = true, redraw = true } = options
  if (![32, 64, 128, 256, 512, 1024].includes(size)) throw new PhantomSizeError(size)
  const renderSize = Math.max(size, JUDGE_GRID)
  const tree = vesselTree(patient)
  const render = healthyFilm(patient, film, tree, renderSize)
  const judged = plans.length === 0 || renderSize === JUDGE_GRID ? render : healthyFilm(patient, film, tree, JUDGE_GRID)
  const judge = judgeOf(film, judged)
  const settled = plans.flatMap((plan) => settleFinding(judge, plan, delta, redraw) ?? [])

  const detector = detectorOf(film, render.calibration, size)
  const noiseKey = noise ? film.key.hash('noise') : null
  const grey = (attenuation: Float64Array) =>
    quantise(detector.film(expose(attenuation, render.marker, renderSize, size), noiseKey), bits)
  const twin = grey(render.healthy)
  if (settled.length === 0) return { size, bits, pixels: twin.slice(), twin, findings: [] }

  const ill = illFilm(render.anatomy, settled)
  const cell = size / JUDGE_GRID
  return {
    size,
    bits,
    pixels: grey(ill.attenuation),
    twin,
    findings: settled.map(({ drawn, box, contrast, area, attempt, visible }, n) => ({
      type: drawn.type,
      side: drawn.parameters.side,
      box: [box.x0 * cell, box.y0 * cell, box.x1 * cell, box.y1 * cell],
      mask: clipToBox(maskOf(ill.lesions[n]!.signal, renderSize, size), size, box),
      contrast,
      area,
      attempt,
      visible,
    })),
  }
}

interface IllFilm {
  readonly attenuation: Float64Array
  readonly lesions: readonly Lesion[]
}

/** Attenuation of the film with all its findings; what the judge computed is reused where it is the same. */
function illFilm(healthy: Anatomy, settled: readonly SettledFinding[]): IllFilm {
  const judged = healthy.canvas.size === JUDGE_GRID
  const [only] = settled
  if (judged && settled.length === 1 && only !== undefined) {
    return { attenuation: only.attenuation, lesions: [only.lesion] }
  }
  const changes = settled.flatMap(({ drawn }) => structureOf(drawn, healthy) ?? [])
  const altered = alterAnatomy(healthy, changes)
  const lesions = settled.map(({ drawn, lesion }) =>
    judged && changes.length === 0 ? lesion : lesionOf(drawn, altered),
  )
  return { attenuation: compose(altered, sumOf(lesions), greatestOf(lesions)), lesions }
}

function sumOf(lesions: readonly Lesion[]): Float64Array | null {
  let sum: Float64Array | null = null
  for (const { added } of lesions) {
    if (added === null) continue
    if (sum === null) sum = Float64Array.from(added)
    else for (let o = 0; o < sum.length; o++) sum[o]! += added[o]!
  }
  return sum
}

function greatestOf(lesions: readonly Lesion[]): Float64Array | null {
  let most: Float64Array | null = null
  for (const { collapsed } of lesions) {
    if (collapsed === null) continue
    if (most === null) most = Float64Array.from(collapsed)
    else for (let o = 0; o < most.length; o++) most[o] = Math.max(most[o]!, collapsed[o]!)
  }
  return most
}
