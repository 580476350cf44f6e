/**
 * Attenuation of a film from its thickness maps: soft tissue with lung air inside, vessels where lung is aerated, bones,
 * and what the findings add. Order of the terms as in the specification.
 */
import type { Anatomy } from './anatomy.ts'
import { BONE, SOFT } from './attenuation.ts'
import { clamp } from './smoothstep.ts'

/**
 * Attenuation map (floored at 0) on the canvas. `added` is the additive findings' change of attenuation, `collapsed`
 * the part of each pixel's lung that a pneumothorax emptied; null = none.
 */
export function compose(
  anatomy: Anatomy,
  added: Float64Array | null = null,
  collapsed: Float64Array | null = null,
): Float64Array {
  const { thickness, air: airMap, lung, texture, vessels, ribs, still, patient } = anatomy
  const lungMu = SOFT * patient.rho
  const ribMu = BONE * patient.bone * 1.15
  const map = new Float64Array(thickness.length)
  for (let o = 0; o < map.length; o++) {
    const T = thickness[o]!
    const most = T * 0.95
    const air = airMap[o]! < most ? airMap[o]! : most
    let L = SOFT * (T - air) * (1 + 0.014 * texture.muscle[o]!)
    const within = lung.inside[o]!
    if (within > 0) {
      const free = lung.airFree[o]!
      const aerated = clamp(air / (free > 1e-6 ? free : 1e-6), 0, 1) * within
      let filling = lungMu * air * (1 + 0.11 * texture.lung[o]!)
      let vessel = SOFT * 1.25 * vessels[o]! * clamp(aerated + 0.25, 0, 1)
      if (collapsed !== null && collapsed[o]! !== 0) {
        filling -= collapsed[o]! * lungMu * air
        vessel *= 1 - collapsed[o]!
      }
      L += filling + vessel
    }
    L += still[o]!
    if (T > 0) L += ribMu * ribs[o]!
    if (added !== null) L += added[o]!
    map[o] = L > 0 ? L : 0
  }
  return map
}
