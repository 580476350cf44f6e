/**
 * What a finding is to the phantom: how its parameters are drawn, what it does to the attenuation, and how visible it
 * must be. One file a finding implements `FindingKind`; `registry.ts` lists them.
 */
import type { Anatomy, StructuralChange } from '../anatomy.ts'
import { domeTop } from '../bodies/lung.ts'
import type { Film } from '../film.ts'
import type { Key } from '../key.ts'
import type { Patient } from '../patient.ts'
import { clamp } from '../smoothstep.ts'

export type Side = -1 | 1

/** What every drawn finding has. */
export interface FindingBase {
  readonly key: Key
  /** −1 = patient's right, image left. */
  readonly side: Side
  /** Strength κ, 0.02 to 0.95. */
  readonly kappa: number
}

/** What a finding's parameters are drawn from. */
export interface FindingSource extends FindingBase {
  readonly patient: Patient
  readonly film: Film
  /** Difficulty δ in [0, 1]. */
  readonly delta: number
  /** Top of the dome on the finding's side. */
  readonly top: number
}

/** What a finding does to the film, on the render grid. */
export interface Lesion {
  /** Change of attenuation; null = none. */
  readonly added: Float64Array | null
  /** Part of the lung that is empty; only a pneumothorax has one. */
  readonly collapsed: Float64Array | null
  /** The map whose values above a quarter of the greatest are the finding's mask. */
  readonly signal: Float64Array
}

export interface FindingKind<P> {
  readonly draw: (source: FindingSource) => P
  readonly lesion: (anatomy: Anatomy, finding: P & FindingBase) => Lesion
  /** Least contrast over the mask, grey levels of 255. */
  readonly leastContrast: number
  /** Least area of the mask, fraction of the film; 0 = none asked. */
  readonly leastArea: number
  /** Change of the anatomy; absent for additive findings. */
  readonly structure?: (finding: P & FindingBase, patient: Patient, film: Film) => StructuralChange
}

/** Draws what all findings share; `side` fixes the side. */
export function findingSource(patient: Patient, film: Film, key: Key, delta: number, side?: Side): FindingSource {
  const s = side ?? (key.uniform('side') < 0.53 ? -1 : 1)
  return {
    key,
    patient,
    film,
    delta,
    side: s,
    kappa: clamp((0.86 - 0.8 * delta) * key.uniform('kap', 0.75, 1.25), 0.02, 0.95),
    top: domeTop(patient, film.insp, s),
  }
}

/** 1 in the aerated lung of one side above the dome, 0 elsewhere; the value of pixel o. */
export function lungOfSide(anatomy: Anatomy, side: Side, o: number): number {
  const x = anatomy.canvas.x[o]!
  if (x < 0 !== side < 0) return 0
  return anatomy.lung.inside[o]! * (1 - anatomy.lung.below[o]!)
}
