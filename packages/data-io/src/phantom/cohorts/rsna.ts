/**
 * The RSNA-like cohort: film i is patient i's only film, one of three classes, opacities with boxes. The class is a
 * Weyl sequence: film i depends on neither the number of films nor their order, yet every prefix is stratified.
 * `rsnaCohort` describes films without rendering; `renderFilm` renders them.
 */
import { drawFilm, trueTheta, type Film, type Theta, type View } from '../film.ts'
import type { FindingPlan, FindingType } from '../findings/registry.ts'
import { Key } from '../key.ts'
import { drawPatient, type Patient } from '../patient.ts'

export type RsnaClass = 'Normal' | 'No Lung Opacity / Not Normal' | 'Lung Opacity'

export interface RsnaKnobs {
  /** Factor on the pose jitter. @default 1 */
  readonly jitter?: number | undefined
  /** Factor on the photon noise variance, 0 = none. @default 1 */
  readonly noise?: number | undefined
  /** How strongly the view follows the class, 0 to 1 (1 = as on the real films). @default 0 */
  readonly coupling?: number | undefined
  /** Probability that the side letter tells the class ('R' on films with opacity, 'L' on others). @default 0 */
  readonly markerCoupling?: number | undefined
  /** Fixed view of every film. @default drawn */
  readonly view?: View | undefined
  /** Share of 'Not Normal' films, taken from or given to 'Normal'. @default 0.443 */
  readonly distractors?: number | undefined
  /** Fixed number of opacities on a 'Lung Opacity' film, 1 to 4. @default drawn */
  readonly boxes?: number | undefined
  /** Support devices on 45 % of AP and 6 % of PA films, of every class. @default false */
  readonly devices?: boolean | undefined
}

/** A film of the cohort before it is rendered. */
export interface RsnaFilmPlan {
  readonly patient: Patient
  readonly film: Film
  readonly class: RsnaClass
  readonly findings: readonly FindingPlan[]
}

/** What is known of a film without rendering it. */
export interface PhantomFilmDescription {
  readonly index: number
  /** 'phantom-000123' */
  readonly filmId: string
  /** 'phantom-patient-000123' */
  readonly patientId: string
  readonly class: RsnaClass
  readonly view: View
  readonly age: number
  readonly sex: 'F' | 'M'
  /** Brings the film to canonical pose (affine_grid convention, output → input). */
  readonly theta: Theta
  /** Types of the findings, in order. */
  readonly findings: readonly FindingType[]
}

const OPACITY_SHARE = 0.2253
const NOT_NORMAL_SHARE = 0.443
/** P(AP) of a class at coupling 1, and of all at coupling 0. */
const AP_SHARE: Readonly<Record<RsnaClass, number>> = {
  Normal: 0.186,
  'No Lung Opacity / Not Normal': 0.499,
  'Lung Opacity': 0.779,
}
const AP_OF_ALL = 0.457
const BOX_COUNTS = [
  [1, 0.4348],
  [2, 0.5432],
  [3, 0.0198],
  [4, 0.0022],
] as const
const DISTRACTORS = [
  ['cardiomegaly', 0.22],
  ['effusion', 0.2],
  ['atelectasis', 0.16],
  ['nodule', 0.12],
  ['mass', 0.06],
  ['pneumothorax', 0.06],
  ['pleural', 0.08],
  ['fracture', 0.05],
  ['device', 0.05],
] as const

/** Descriptions of films 0 to n − 1, in id order; nothing is rendered (about 0.02 ms a film). */
export function rsnaCohort(seed: number, n: number, knobs: RsnaKnobs = {}): PhantomFilmDescription[] {
  return Array.from({ length: n }, (_, index) => describeFilm(index, planRsnaFilm(seed, index, knobs)))
}

/** Id of film `index`; ids sort as indices do up to a million films. */
export function phantomFilmId(index: number): string {
  return `phantom-${String(index).padStart(6, '0')}`
}

export function describeFilm(
  index: number,
  { patient, film, class: label, findings }: RsnaFilmPlan,
): PhantomFilmDescription {
  return {
    index,
    filmId: phantomFilmId(index),
    patientId: `phantom-patient-${String(patient.id).padStart(6, '0')}`,
    class: label,
    view: film.view,
    age: patient.age,
    sex: patient.sex,
    theta: trueTheta(film),
    findings: findings.map(({ type }) => type),
  }
}

/** Patient, exposure, class and planned findings of film `index`. */
export function planRsnaFilm(seed: number, index: number, knobs: RsnaKnobs = {}): RsnaFilmPlan {
  const root = Key.root(seed)
  const patient = drawPatient(root, index)
  const label = rsnaClass(root, index, knobs.distractors ?? NOT_NORMAL_SHARE)
  const opaque = label === 'Lung Opacity'
  const told = patient.key.uniform('mcoup') < (knobs.markerCoupling ?? 0)
  const film = drawFilm(patient, 0, {
    view: knobs.view,
    probabilityAp: AP_OF_ALL + (AP_SHARE[label] - AP_OF_ALL) * (knobs.coupling ?? 0),
    jitter: knobs.jitter ?? 1,
    noise: knobs.noise ?? 1,
    marker: told ? (opaque ? 'R' : 'L') : undefined,
  })
  const findings: FindingPlan[] = opaque
    ? opacities(patient, knobs.boxes)
    : label === 'Normal'
      ? []
      : [{ type: pick(patient.key.uniform('nn'), DISTRACTORS), index: 0 }]
  const carries = knobs.devices === true && film.key.uniform('dev') < (film.view === 'AP' ? 0.45 : 0.06)
  if (carries && findings[0]?.type !== 'device') findings.push({ type: 'device', index: findings.length })
  return { patient, film, class: label, findings }
}

/** Class of film i: an additive recurrence with the golden ratio, offset by the seed. */
function rsnaClass(root: Key, index: number, notNormal: number): RsnaClass {
  const u = ((Math.imul(index, 0x9e3779b1) + root.sub('rsna').hash('class')) >>> 0) / 4294967296
  return pick(u, [
    ['Normal', 1 - OPACITY_SHARE - notNormal],
    ['No Lung Opacity / Not Normal', notNormal],
    ['Lung Opacity', OPACITY_SHARE],
  ])
}

/** One to four opacities on alternating sides; three or more are made lower, and pairs set apart. */
function opacities(patient: Patient, fixed: number | undefined): FindingPlan[] {
  const n = fixed ?? pick(patient.key.uniform('nbox'), BOX_COUNTS)
  const first = patient.key.uniform('side0') < 0.53 ? -1 : 1
  return Array.from({ length: n }, (_, index) => {
    const side = index % 2 === 0 ? first : first === 1 ? -1 : 1
    const plan = { type: 'opacity', index, side } as const
    return n < 3 ? plan : { ...plan, crowdShift: index < 2 ? -0.1 : 0.1 }
  })
}

function pick<T>(u: number, table: readonly (readonly [T, number])[]): T {
  let sum = 0
  for (const [value, share] of table) {
    sum += share
    if (u < sum) return value
  }
  return table[table.length - 1]![0]
}
