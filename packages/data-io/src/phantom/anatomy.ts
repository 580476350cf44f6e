/**
 * All thickness maps of one film, in the order of the specification, and the changes that structural findings
 * (cardiomegaly, edema, fracture) make to them. The film and its lesion-free twin share every map that did not change.
 */
import { BONE, FAT, SOFT } from './attenuation.ts'
import { addAorta } from './bodies/aorta.ts'
import { addBreasts } from './bodies/breasts.ts'
import { addClavicles } from './bodies/clavicles.ts'
import { addGas } from './bodies/gas.ts'
import { healthyRatio } from './bodies/heart.ts'
import { lungs, type LungMaps } from './bodies/lung.ts'
import { displacedAir } from './bodies/mediastinum.ts'
import { ribs, type RibFracture } from './bodies/ribs.ts'
import { addScapulae } from './bodies/scapulae.ts'
import { addSpine } from './bodies/spine.ts'
import { textures, type Textures } from './bodies/textures.ts'
import { torso } from './bodies/torso.ts'
import { addTrachea } from './bodies/trachea.ts'
import { vessels } from './bodies/vessels.ts'
import type { Canvas } from './canvas.ts'
import { fbm } from './noise.ts'
import type { Patient } from './patient.ts'
import type { VesselPiece } from './vesselTree.ts'

export interface Anatomy {
  readonly canvas: Canvas
  readonly patient: Patient
  readonly tree: readonly VesselPiece[]
  readonly wobble: Float64Array
  readonly lung: LungMaps
  readonly texture: Textures
  /** Thickness of the body. */
  readonly thickness: Float64Array
  /** Air that the mediastinum leaves. */
  readonly air: Float64Array
  readonly vessels: Float64Array
  readonly ribs: Float64Array
  /** Attenuation of all that no finding changes: aorta, airways, gas, breasts, spine, shoulder girdle, arms. */
  readonly still: Float64Array
  /** Cardiothoracic ratio on the film. */
  readonly ratio: number
}

/** What structural findings change; absent = healthy. */
export interface StructuralChange {
  readonly ratio?: number
  readonly swell?: number
  readonly fracture?: RibFracture
}

export function buildAnatomy(canvas: Canvas, patient: Patient, tree: readonly VesselPiece[]): Anatomy {
  const wobble = fbm(canvas, patient.key.hash('wob'), 5, 2)
  for (let o = 0; o < wobble.length; o++) wobble[o]! *= 0.004
  const { thickness, humerus } = torso(canvas, patient)
  const lung = lungs(canvas, patient, wobble)
  const ratio = healthyRatio(patient, canvas.film)

  const still = canvas.map()
  const bone = BONE * patient.bone
  addSpine(still, canvas, patient, 0.5 * bone)
  addClavicles(still, canvas, patient, 0.85 * bone)
  addScapulae(still, canvas, patient, 1.1 * bone)
  for (let o = 0; o < still.length; o++) if (thickness[o]! <= 0) still[o] = 0
  addAorta(still, canvas, patient, wobble, 0.22 * SOFT)
  addTrachea(still, canvas, -SOFT)
  addGas(still, canvas, patient, lung.below, thickness, -SOFT)
  addBreasts(still, canvas, patient, FAT)
  if (humerus !== null) for (let o = 0; o < still.length; o++) still[o]! += bone * humerus[o]!

  return {
    canvas,
    patient,
    tree,
    wobble,
    lung,
    texture: textures(canvas, patient, thickness, lung.air),
    thickness,
    air: displacedAir(canvas, patient, wobble, lung.air, ratio),
    vessels: vessels(canvas, patient, tree),
    ribs: ribs(canvas, patient, lung.below),
    still,
    ratio,
  }
}

/** The anatomy with the structural findings; only the maps they touch are drawn again. */
export function alterAnatomy(healthy: Anatomy, changes: readonly StructuralChange[]): Anatomy {
  const { canvas, patient, tree, wobble, lung } = healthy
  let altered = healthy
  const ratio = changes.reduce((last, change) => change.ratio ?? last, healthy.ratio)
  if (ratio !== healthy.ratio) {
    altered = { ...altered, ratio, air: displacedAir(canvas, patient, wobble, lung.air, ratio) }
  }
  const swell = changes.reduce((last, change) => change.swell ?? last, 1)
  if (swell !== 1) altered = { ...altered, vessels: vessels(canvas, patient, tree, swell) }
  const fractures = changes.flatMap((change) => (change.fracture === undefined ? [] : [change.fracture]))
  if (fractures.length > 0) altered = { ...altered, ribs: ribs(canvas, patient, lung.below, fractures) }
  return altered
}
