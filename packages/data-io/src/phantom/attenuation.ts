/**
 * The phantom's exponential and its exact inverse, defined by 10 squarings and 10 square roots instead of Math.exp and
 * Math.log, whose last bits differ between engines. Materials of the bodies stand here too.
 */

const { sqrt } = Math

const DOUBLINGS = 1024

/** Transmission of an attenuation L ≥ 0: (1 − min(L, 12)/1024)^1024, close to e^−L. */
export function transmission(attenuation: number): number {
  let p = 1 - (attenuation < 12 ? attenuation : 12) / DOUBLINGS
  p *= p
  p *= p
  p *= p
  p *= p
  p *= p
  p *= p
  p *= p
  p *= p
  p *= p
  return p * p
}

/** Attenuation of a transmission 0 < P ≤ 1: 1024·(1 − P^(1/1024)), close to −ln P. */
export function attenuationOf(transmitted: number): number {
  let r = sqrt(transmitted)
  r = sqrt(r)
  r = sqrt(r)
  r = sqrt(r)
  r = sqrt(r)
  r = sqrt(r)
  r = sqrt(r)
  r = sqrt(r)
  r = sqrt(r)
  return DOUBLINGS * (1 - sqrt(r))
}

/** Attenuation per film width of soft tissue. */
export const SOFT = 7.6
/** Attenuation per film width of bone of density 1. */
export const BONE = 13
/** Attenuation per film width of fat (breasts). */
export const FAT = 6.6
