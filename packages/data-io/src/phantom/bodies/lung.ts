/** Lung air before the mediastinum displaces it: wall, dome and depth of both lungs. Used by `anatomy.ts` and findings. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { clamp, rootOf, smoothstep } from '../smoothstep.ts'

const { abs } = Math

/** Height of the thoracic vault, apex to the widest place. */
export const VAULT = 0.62
/** Half width of the cupola at the apex. */
export const CUPOLA = 0.098

/** Half width profile of the vault: 1 at its base (e = 0), 0 at the apex (e = 1). */
export function vaultProfile(e: number): number {
  return 0.5 * (1 - e * e) + 0.5 * rootOf(1 - e * e)
}

export interface LungMaps {
  /** Distance of the lateral wall from the midline. */
  readonly wall: Float64Array
  /** 1 inside the lung outline (not regarding the dome), soft at its edge. */
  readonly inside: Float64Array
  /** 1 below the dome. */
  readonly below: Float64Array
  /** Depth of the chest cavity where inside > 0. */
  readonly depth: Float64Array
  /** Air above the dome, and all air (with the recess behind the dome). */
  readonly airFree: Float64Array
  readonly air: Float64Array
}

/** Top of the dome on one side, without its curve. */
export function domeTop(patient: Patient, insp: number, side: number): number {
  return patient.yd - insp + (side > 0 ? patient.dd : 0)
}

export function lungs(canvas: Canvas, patient: Patient, wobble: Float64Array): LungMaps {
  const { film, x, y } = canvas
  const wall = canvas.map()
  const inside = canvas.map()
  const below = canvas.map()
  const depth = canvas.map()
  const airFree = canvas.map()
  const air = canvas.map()
  const { ya, hd, Wt } = patient
  const thick = 0.365 * (patient.T0 / 0.5)
  for (let o = 0; o < wall.length; o++) {
    const px = x[o]!
    const py = y[o]!
    const side = px < 0 ? -1 : 1
    const ax = px < 0 ? -px : px
    const wt = Wt * (1 + 1.5 * film.rho * side)
    const t = clamp((py - ya) / VAULT, 0, 1.35)
    const e = t < 1 ? 1 - t : 0
    const a = CUPOLA + (wt - CUPOLA) * vaultProfile(e) - 0.1 * (t > 0.95 ? t - 0.95 : 0) + wobble[o]!
    wall[o] = a
    const z = (ax - 0.18) / (wt - 0.18 + 0.006)
    const zi = (ax - 0.18) / 0.2
    const dome =
      domeTop(patient, film.insp, side) + hd * (z > 0 ? z * z * (0.55 + 0.45 * z * z) : 0.35 * zi * zi) + wobble[o]!
    const under = smoothstep(-0.002, 0.0035, py - dome)
    below[o] = under
    const tm = 1 - clamp((py - ya) / 0.08, 0, 1)
    const m = 0.03 + (CUPOLA - 0.03) * (1 - rootOf(1 - tm * tm))
    const within =
      smoothstep(-0.0015, 0.0025, a - ax) * smoothstep(-0.002, 0.004, ax - m) * smoothstep(0, 0.006, py - ya)
    if (within === 0) continue
    inside[o] = within
    const width = a - m > 1e-3 ? a - m : 1e-3
    const across = abs(clamp((ax - m) / width, 0, 1) * 2 - 1)
    const deep = thick * rootOf(1 - across * across * across) * (0.5 + 0.5 * smoothstep(0, 0.3, py - ya))
    depth[o] = deep
    airFree[o] = deep * within * (1 - under)
    air[o] = deep * within * (1 - under + under * (0.16 * smoothstep(0.05, 0, py - dome)))
  }
  return { wall, inside, below, depth, airFree, air }
}
