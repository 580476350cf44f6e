/**
 * Opacity (the target of the RSNA-like cohort) and infiltrate: a ragged tilted ellipse of consolidation that fills lung
 * air, drowns its vessels and shows air bronchograms.
 */
import { SOFT } from '../attenuation.ts'
import type { PixelWindow } from '../canvas.ts'
import { fbm } from '../noise.ts'
import { rotation } from '../rotation.ts'
import { clamp, smoothstep } from '../smoothstep.ts'
import { lungOfSide, type FindingBase, type FindingKind, type FindingSource, type Side } from './findingKind.ts'

const { abs, max, min, sqrt } = Math

export interface Opacity {
  /** Centre, width, height and tilt of the ellipse. */
  readonly cx: number
  readonly cy: number
  readonly w: number
  readonly h: number
  readonly q: number
  /** Softness of the edge. */
  readonly soft: number
  /** Strength of the air bronchograms. */
  readonly ab: number
  /** Density, κ or less. */
  readonly density: number
}

/** Beyond this many half axes the ragged edge cannot reach: 1 + 0.1 + 0.30 × the largest noise (1.63). */
const REACH = 1.6

function drawOpacity(source: FindingSource, soft: number, weakening: number): Opacity {
  const { key, side, patient, top } = source
  const z1 = key.normal('z1')
  const z2 = 0.61 * z1 + 0.79 * key.normal('z2')
  const lo = patient.ya + 0.09
  const u = key.uniform('cy')
  return {
    w: clamp(0.268 * (1 + 0.36 * z1 + 0.05 * z1 * z1), 0.09, 0.46),
    h: clamp(0.405 * (1 + 0.58 * z2 + 0.12 * z2 * z2), 0.09, 0.95),
    cx: side * (0.125 + 0.115 * key.uniform('cx') + 0.01 * key.normal('cj')),
    cy: lo + (top - 0.02 - lo) * (1 - 0.68 * (u * u)),
    q: key.normal('q', 0, 0.12),
    soft,
    ab: key.uniform('ab', 0.3, 1),
    density: source.kappa * weakening,
  }
}

function lesionOf(mottled: boolean): FindingKind<Opacity>['lesion'] {
  return (anatomy, f) => {
    const { canvas, air, vessels } = anatomy
    const { size, x, y } = canvas
    const added = canvas.map()
    const signal = canvas.map()
    const { cos, sin } = rotation(f.q)
    const window = reachOf(f, canvas.window.bind(canvas))
    const coarse = fbm(canvas, f.key.hash('n'), 9, 4, { window })
    const fine = fbm(canvas, f.key.hash('n2'), 30, 3, { window })
    const bronchi = bronchiOf(anatomy, f.side)
    const rise = SOFT - SOFT * anatomy.patient.rho
    const k = f.density
    for (let j = window.y0; j < window.y1; j++) {
      for (let p = window.x0, o = j * size + window.x0; p < window.x1; p++, o++) {
        const px = x[o]!
        if (px < 0 !== f.side < 0) continue
        const dx = px - f.cx
        const dy = y[o]! - f.cy
        const a = (dx * cos + dy * sin) / (f.w / 2)
        const b = (dy * cos - dx * sin) / (f.h / 2)
        const edge = smoothstep(-0.1, f.soft, 1 - sqrt(a * a + b * b) + 0.3 * coarse[o]!)
        if (edge === 0) continue
        const g = clamp(edge * (1 + 0.22 * fine[o]!) * (0.85 + 0.25 * coarse[o]!), 0, 1)
        const filled = rise * k * g * (mottled ? smoothstep(-0.6, 0.8, fine[o]!) : 1)
        const lung = lungOfSide(anatomy, f.side, o)
        added[o] =
          filled * air[o]! - SOFT * 0.6 * k * g * vessels[o]! * lung - SOFT * f.ab * 0.9 * k * g * bronchi[o]! * lung
        signal[o] = filled * min(air[o]!, 0.25)
      }
    }
    return { added, collapsed: null, signal }
  }
}

function reachOf(f: Opacity & FindingBase, window: (x0: number, y0: number, x1: number, y1: number) => PixelWindow) {
  const { cos, sin } = rotation(f.q)
  const c = abs(cos)
  const s = abs(sin)
  const rx = (REACH * (f.w * c + f.h * s)) / 2
  const ry = (REACH * (f.h * c + f.w * s)) / 2
  // Only the own side of the midline is filled.
  const left = f.side < 0 ? f.cx - rx : max(f.cx - rx, 0)
  const right = f.side < 0 ? min(f.cx + rx, 0) : f.cx + rx
  return window(left, f.cy - ry, right, f.cy + ry)
}

/** Air in the bronchi beside the vessels of levels 1 to 3. */
function bronchiOf(anatomy: Parameters<FindingKind<Opacity>['lesion']>[0], side: Side): Float64Array {
  const map = anatomy.canvas.map()
  for (const v of anatomy.tree) {
    if (v.side !== side || v.level < 1 || v.level > 3) continue
    anatomy.canvas.capsule(map, v.x0, v.y0 + 0.006, v.x1, v.y1 + 0.006, v.r0 * 0.75, v.r1 * 0.75, 1, 'max')
  }
  return map
}

export const opacity: FindingKind<Opacity> = {
  draw: (source) => drawOpacity(source, source.key.uniform('soft', 0.35, 0.75), 1),
  lesion: lesionOf(false),
  leastContrast: 6,
  leastArea: 0.0015,
}

export const infiltrate: FindingKind<Opacity> = {
  draw: (source) => drawOpacity(source, 0.9, 0.55),
  lesion: lesionOf(true),
  leastContrast: 6,
  leastArea: 0.0015,
}
