/**
 * The RSNA-like cohort: film i is patient i's only film, one of three classes, opacities with boxes. `rsnaCohort`
 * describes films without rendering; `renderFilm` renders them.
 */
import { describeFilm, type FilmPlan, type PhantomFilmDescription } from './describeFilm.ts'
import type { RsnaKnobs } from './knobs.ts'
import { exposePatient, planPatient, withDevice } from './planPatient.ts'

/** Descriptions of films 0 to n − 1, in id order; nothing is rendered (about 0.02 ms a film). */
export function rsnaCohort(seed: number, n: number, knobs: RsnaKnobs = {}): PhantomFilmDescription[] {
  return Array.from({ length: n }, (_, index) => describeFilm(index, planRsnaFilm(seed, index, knobs)))
}

/** Patient, exposure, class and planned findings of film `index`. */
export function planRsnaFilm(seed: number, index: number, knobs: RsnaKnobs = {}): FilmPlan {
  const { patient, class: label, findings } = planPatient(seed, index, knobs)
  const film = exposePatient(patient, 0, label, knobs)
  return { patient, film, followUp: 0, class: label, findings: withDevice(findings, film, knobs.devices) }
}
