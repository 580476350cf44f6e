/** All findings by name, and the drawing of one. Used by `renderScene.ts` and the cohorts. */
import type { Film } from '../film.ts'
import type { Patient } from '../patient.ts'
import { atelectasis, type Atelectasis } from './atelectasis.ts'
import { cardiomegaly, type Cardiomegaly } from './cardiomegaly.ts'
import { device, type Device } from './device.ts'
import { edema, type Edema } from './edema.ts'
import { effusion, type Effusion } from './effusion.ts'
import { findingSource, type FindingBase, type FindingKind, type Side } from './findingKind.ts'
import { fracture, type Fracture } from './fracture.ts'
import { mass, nodule, type Nodule } from './nodule.ts'
import { infiltrate, opacity, type Opacity } from './opacity.ts'
import { pleural, type Pleural } from './pleural.ts'
import { pneumothorax, type Pneumothorax } from './pneumothorax.ts'

/** Parameters of each finding. */
interface FindingParameters {
  opacity: Opacity
  infiltrate: Opacity
  atelectasis: Atelectasis
  nodule: Nodule
  mass: Nodule
  effusion: Effusion
  cardiomegaly: Cardiomegaly
  edema: Edema
  pneumothorax: Pneumothorax
  pleural: Pleural
  fracture: Fracture
  device: Device
}

export type FindingType = keyof FindingParameters

const FINDINGS: { readonly [T in FindingType]: FindingKind<FindingParameters[T]> } = {
  opacity,
  infiltrate,
  atelectasis,
  nodule,
  mass,
  effusion,
  cardiomegaly,
  edema,
  pneumothorax,
  pleural,
  fracture,
  device,
}

/** One finding that a film shall show; its parameters are drawn at render time, again if it turns out invisible. */
export interface FindingPlan {
  readonly type: FindingType
  /** Index among the film's findings: part of its key. */
  readonly index: number
  /** Fixed side; absent = drawn. */
  readonly side?: Side
  /** The exposure that it was drawn for, where that is another one: the lesion moves as it is, in place and size. */
  readonly drawnFor?: { readonly patient: Patient; readonly film: Film }
  /** It is the lesion of `drawnFor`, the patient's first film, as that film shows it: never drawn again for this one. */
  readonly lasting?: true
  /** The draw to show, seen or not; absent = drawn again until it can be seen. */
  readonly attempt?: number
  /** Three or more opacities share the lungs: heights × 0.55, centres moved by this much. */
  readonly crowdShift?: number
}

/** A drawn finding with its kind, ready to render. */
export type DrawnFinding = {
  readonly [T in FindingType]: {
    readonly type: T
    readonly kind: FindingKind<FindingParameters[T]>
    readonly parameters: FindingParameters[T] & FindingBase
  }
}[FindingType]

/** Draws a planned finding; attempt a has its own key. */
export function drawFinding(
  patient: Patient,
  film: Film,
  plan: FindingPlan,
  delta: number,
  attempt: number,
): DrawnFinding {
  const own = plan.drawnFor ?? { patient, film }
  const key = own.film.key.sub('finding', plan.index).sub(plan.type, attempt)
  const source = findingSource(own.patient, own.film, key, delta, plan.side)
  const draw = <T extends FindingType>(type: T) => {
    const kind = FINDINGS[type]
    let parameters = kind.draw(source)
    if (plan.crowdShift !== undefined && 'cy' in parameters && 'h' in parameters) {
      parameters = { ...parameters, h: parameters.h * 0.55, cy: parameters.cy + plan.crowdShift }
    }
    return { type, kind, parameters: { ...parameters, key, side: source.side, kappa: source.kappa } }
  }
  return draw(plan.type) as DrawnFinding
}
