/**
 * A patient of the RSNA-like cohorts: anatomy, class and what there is to find; and one exposure of them. The class is a
 * Weyl sequence over patients: patient i depends on neither their number nor their order, yet every prefix is
 * stratified. Used by `rsna.ts`, where each patient has one film, and by `multi.ts`.
 */
import { drawFilm, type Film } from '../film.ts'
import type { FindingPlan } from '../findings/registry.ts'
import { Key } from '../key.ts'
import { drawPatient, type Patient } from '../patient.ts'
import type { RsnaClass, RsnaKnobs } from './knobs.ts'

export interface PatientPlan {
  readonly patient: Patient
  readonly class: RsnaClass
  /** Findings of the patient's first film, support devices aside. */
  readonly findings: readonly FindingPlan[]
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

/** Patient `id` of the cohorts with this seed. */
export function planPatient(seed: number, id: number, knobs: RsnaKnobs): PatientPlan {
  const root = Key.root(seed)
  const patient = drawPatient(root, id)
  const label = classOf(root, id, knobs.distractors ?? NOT_NORMAL_SHARE)
  const findings: FindingPlan[] =
    label === 'Lung Opacity'
      ? opacities(patient, knobs.boxes)
      : label === 'Normal'
        ? []
        : [{ type: pick(patient.key.uniform('nn'), DISTRACTORS), index: 0 }]
  return { patient, class: label, findings }
}

/** Exposure k of a patient, whose film then is of the given class. */
export function exposePatient(patient: Patient, k: number, label: RsnaClass, knobs: RsnaKnobs): Film {
  const told = patient.key.uniform('mcoup', 0, 1, k) < (knobs.markerCoupling ?? 0)
  return drawFilm(patient, k, {
    view: knobs.view,
    probabilityAp: AP_OF_ALL + (AP_SHARE[label] - AP_OF_ALL) * (knobs.coupling ?? 0),
    jitter: knobs.jitter ?? 1,
    noise: knobs.noise ?? 1,
    marker: told ? (label === 'Lung Opacity' ? 'R' : 'L') : undefined,
  })
}

/** The findings with the support device that the knob `devices` gives to some exposures. */
export function withDevice(
  findings: readonly FindingPlan[],
  film: Film,
  devices: boolean | undefined,
): readonly FindingPlan[] {
  const carries = devices === true && film.key.uniform('dev') < (film.view === 'AP' ? 0.45 : 0.06)
  return carries && findings[0]?.type !== 'device'
    ? [...findings, { type: 'device', index: findings.length }]
    : findings
}

/** Class of patient i: an additive recurrence with the golden ratio, offset by the seed. */
function classOf(root: Key, id: number, notNormal: number): RsnaClass {
  const u = ((Math.imul(id, 0x9e3779b1) + root.sub('rsna').hash('class')) >>> 0) / 4294967296
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
