// What a Path of CheXpert's tables says: `CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg`. The name of
// the dataset in front differs between releases and copies, and is not looked at. Used by the CheXpert layout.
import { stemOf } from '../../folder/filmNames.ts'

export const SPLITS = ['train', 'valid'] as const

export interface ChexpertPath {
  /** `patient00001_study1_view1_frontal` */
  readonly id: string
  /** `patient00001` */
  readonly patient: string
}

const PATH = /(?:^|\/)(?:train|valid)\/(patient[\w-]+)\/([\w-]+)\/([\w.-]+)$/

/** undefined where the path has another form */
export const chexpertPath = (path: string): ChexpertPath | undefined => {
  const found = PATH.exec(path.replaceAll('\\', '/'))
  if (!found) return undefined
  const [, patient, study, view] = found as unknown as readonly [string, string, string, string]
  return { id: `${patient}_${study}_${stemOf(view)}`, patient }
}
