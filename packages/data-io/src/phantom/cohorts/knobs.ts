/**
 * What a caller may turn of the phantom's cohorts. Difficulty is a knob of rendering and stands with it
 * (`renderFilm.ts`): films are planned without it. Used by the cohorts, by rendering, and by `writePhantomFolder`.
 */
import type { View } from '../film.ts'

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
  /** Share of 'Not Normal' patients, taken from or given to 'Normal'. @default 0.443 */
  readonly distractors?: number | undefined
  /** Fixed number of opacities of a 'Lung Opacity' patient, 1 to 4. @default drawn */
  readonly boxes?: number | undefined
  /** Support devices on 45 % of AP and 6 % of PA films, of every class. @default false */
  readonly devices?: boolean | undefined
}

/** `rsna`: one film a patient. `multi`: eight films of four patients, who have 1, 1, 2 and 4. */
export type PhantomCohort = 'rsna' | 'multi'

export interface PhantomKnobs extends RsnaKnobs {
  /** @default 'rsna' */
  readonly cohort?: PhantomCohort | undefined
}
