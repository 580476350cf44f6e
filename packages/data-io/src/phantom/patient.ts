/**
 * One patient of the phantom: every anatomical parameter, drawn from the patient's key by name. Lengths are in film
 * widths (think 40 cm), x = 0 at the midline and negative to the patient's right, y = 0 at the top. The short names are
 * the letters of the specification.
 */
import type { Key } from './key.ts'
import { clamp } from './smoothstep.ts'

export interface Patient {
  readonly id: number
  readonly key: Key
  readonly sex: 'F' | 'M'
  /** Years, 5 to 92. */
  readonly age: number
  readonly fat: number
  /** Inner half width of the thorax. */
  readonly Wt: number
  /** Height of the lung apex, of the right dome's top, and how much lower the left dome lies. */
  readonly ya: number
  readonly yd: number
  readonly dd: number
  /** Dome height, from its top to the costophrenic angle. */
  readonly hd: number
  /** Cardiothoracic ratio, and half-angle tangent of the heart's axis. */
  readonly ctr: number
  readonly hphi: number
  /** Depth and half width of the torso. */
  readonly T0: number
  readonly Bt: number
  /** Radius of the aortic knob, half width of the mediastinum. */
  readonly knob: number
  readonly med: number
  /** Sideways course of the spine: offset, slope, curve. */
  readonly scol: readonly [number, number, number]
  /** Ribs: pitch, height of the first, half width, depth of the loop. */
  readonly rib: number
  readonly rib0: number
  readonly ribw: number
  readonly ribd: number
  /** Bone density, 0.6 to 1.4. */
  readonly bone: number
  /** Breast thickness (0 for men), centre x and y, radius. */
  readonly breast: number
  readonly brx: number
  readonly bry: number
  readonly brr: number
  /** Density of lung relative to soft tissue. */
  readonly rho: number
  /** Height of the hila. */
  readonly hil: number
  /** Shoulder height and slope. */
  readonly sh: number
  readonly shs: number
  /** Stomach gas where below 0.55. */
  readonly gas: number
  /** Vessel calibre factor. */
  readonly vess: number
}

/** Draws patient `id` of the cohort with the given root key. */
export function drawPatient(root: Key, id: number): Patient {
  const key = root.sub('patient', id)
  const sex = key.uniform('sex') < 0.43 ? 'F' : 'M'
  const female = sex === 'F'
  const age = clamp(Math.floor(key.normal('age', 47, 17)), 5, 92)
  const old = clamp((age - 40) / 50, 0, 1)
  const fat = clamp(key.normal('fat'), -2, 2.5)
  return {
    id,
    key,
    sex,
    age,
    fat,
    Wt: key.normal('Wt', female ? 0.368 : 0.386, 0.02),
    ya: key.normal('ya', 0.112, 0.016),
    yd: key.normal('yd', 0.685, 0.036) + 0.01 * fat * 0.5,
    dd: key.normal('dd', 0.022, 0.01),
    hd: key.normal('hd', 0.085, 0.014),
    ctr: clamp(key.normal('ctr', 0.435 + 0.02 * old, 0.024), 0.37, 0.495),
    hphi: key.normal('hphi', 0.36, 0.05),
    T0: key.normal('T0', 0.5, 0.025) + 0.028 * fat,
    Bt: key.normal('Bt', 0.525, 0.025) + 0.02 * fat,
    knob: key.normal('knob', 0.033, 0.003) + 0.006 * old,
    med: key.normal('med', 0.05, 0.004) + 0.004 * fat,
    scol: [key.normal('scol', 0, 0.005, 0), key.normal('scol', 0, 0.005, 1), key.normal('scol', 0, 0.005, 2)],
    rib: key.normal('rib', 0.061, 0.0028),
    rib0: key.normal('rib0', 0.098, 0.008),
    ribw: key.normal('ribw', 0.0112, 0.0008),
    ribd: key.normal('ribd', 0.255, 0.025),
    bone: clamp(key.normal('bone', 1, 0.12) - 0.18 * old, 0.6, 1.4),
    breast: female ? clamp(key.normal('breast', 0.085, 0.03) + 0.012 * fat, 0, 0.16) : 0,
    brx: key.normal('brx', 0.205, 0.012),
    bry: key.normal('bry', 0.6, 0.03),
    brr: key.normal('brr', 0.15, 0.018),
    rho: clamp(key.normal('rho', 0.27, 0.02), 0.2, 0.35),
    hil: key.normal('hil', 0.445, 0.015),
    sh: key.normal('sh', 0.05, 0.022),
    shs: key.normal('shs', 0.22, 0.05),
    gas: key.uniform('gas'),
    vess: key.normal('vess', 1, 0.08),
  }
}
