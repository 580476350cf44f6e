/**
 * One exposure of a patient: view, pose (the known misalignment), inspiration, dose, window, marker. Drawn from the
 * film's key by name. `trueTheta` is the answer that an aligner must find.
 */
import type { Key } from './key.ts'
import type { Patient } from './patient.ts'
import { rotation, type Rotation } from './rotation.ts'
import { clamp } from './smoothstep.ts'

export type View = 'PA' | 'AP'

export interface FilmOptions {
  /** Fixed view. @default drawn with probability `probabilityAp` of AP */
  readonly view?: View | undefined
  /** @default 0.457 */
  readonly probabilityAp?: number
  /** Factor on the pose jitter; 0 = every film in canonical pose. @default 1 */
  readonly jitter?: number
  /** Factor on the photon noise variance; 0 = no noise. @default 1 */
  readonly noise?: number
  /** Fixed side letter. @default drawn, 'L' with probability 0.9 */
  readonly marker?: 'L' | 'R' | undefined
}

export interface Film {
  readonly key: Key
  readonly view: View
  /** Pose: film = C + scale·Rot·(patient − C) + (tx, ty), C = (.5, .5). */
  readonly scale: number
  readonly turn: Rotation
  readonly tx: number
  readonly ty: number
  /** Turn about the body's axis. */
  readonly rho: number
  /** How much the domes lie higher. */
  readonly insp: number
  /** Magnification of the heart. */
  readonly hm: number
  readonly clav: number
  /** 1 = scapulae rolled out of the lungs. */
  readonly scap: number
  /** Display value of the reference lung and mediastinum; base removal; curve. */
  readonly vl: number
  readonly vd: number
  readonly g: number
  readonly c: number
  /** Photons per 1/512² cell unattenuated; Infinity without noise. */
  readonly dose: number
  readonly sc: number
  /** Width of the shutter at left, right, top, bottom. */
  readonly shutter: readonly [number, number, number, number]
  readonly marker: 'L' | 'R'
  readonly mx: number
  readonly my: number
  readonly mq: number
  readonly msz: number
  /** 'AP' letters beside the marker. */
  readonly port: boolean
  readonly arms: boolean
}

/** Draws film k of a patient. */
export function drawFilm(patient: Patient, k: number, options: FilmOptions = {}): Film {
  const key = patient.key.sub('film', k)
  const jitter = options.jitter ?? 1
  const noise = options.noise ?? 1
  const view = options.view ?? (key.uniform('view') < (options.probabilityAp ?? 0.457) ? 'AP' : 'PA')
  const ap = view === 'AP'
  const shut = (i: number) => (key.uniform('shut?') < 0.35 ? key.uniform('shut', -0.03, 0.03, i) : 0)
  const u = key.uniform('dose')
  return {
    key,
    view,
    scale: 1 + jitter * (key.normal('s', 0.01, 0.055) - (ap ? 0.03 : 0)),
    turn: rotation(jitter * key.normal('q', 0, ap ? 0.024 : 0.012)),
    tx: jitter * key.normal('tx', 0, 0.018),
    ty: jitter * key.normal('ty', 0, 0.025),
    rho: key.normal('rotz', 0, ap ? 0.011 : 0.006),
    insp: key.normal('insp', 0, 0.01) + (ap ? 0.028 : 0),
    hm: ap ? 1.12 : 1,
    clav: key.normal('clav', 0, 0.01) - (ap ? 0.028 : 0),
    scap: clamp(key.normal('scap', ap ? 0.02 : 1, 0.25), 0, 1.25),
    vl: key.normal('vl', 0.4, 0.06),
    vd: key.normal('vd', 0.78, 0.04),
    g: key.uniform('g', 0.12, 0.34),
    c: key.uniform('c', 0, 0.45),
    dose: ((ap ? 12000 : 24000) * (1 + 3 * (u * u))) / noise,
    sc: key.uniform('sc', 0.18, 0.36) + (ap ? 0.14 : 0),
    shutter: [shut(0), shut(1), shut(2), shut(3)],
    marker: options.marker ?? (key.uniform('mside') < 0.9 ? 'L' : 'R'),
    mx: key.uniform('mx', 0.86, 0.94),
    my: key.uniform('my', 0.03, 0.12),
    mq: key.normal('mq', 0, 0.05),
    msz: key.uniform('msz', 0.02, 0.034),
    port: ap && key.uniform('port') < 0.4,
    arms: key.uniform('arms') < (ap ? 0.5 : 0.35),
  }
}

/** θ of affine_grid (rows [a, b, tx; c, d, ty], output → input, coordinates in [−1, 1]) that brings a film to canonical pose. */
export type Theta = readonly [number, number, number, number, number, number]

export function trueTheta(film: Film): Theta {
  const { scale: s, turn } = film
  return [s * turn.cos, -s * turn.sin, 2 * film.tx, s * turn.sin, s * turn.cos, 2 * film.ty]
}
