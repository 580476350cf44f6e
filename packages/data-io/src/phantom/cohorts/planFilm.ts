/** Films of any cohort by index: planned, and described without rendering. Used by rendering and by `checkSplits`. */
import { describeFilm, type FilmPlan, type PhantomFilmDescription } from './describeFilm.ts'
import type { PhantomCohort, PhantomKnobs, RsnaKnobs } from './knobs.ts'
import { planMultiFilm } from './multi.ts'
import { planRsnaFilm } from './rsna.ts'

const PLANS: Readonly<Record<PhantomCohort, (seed: number, index: number, knobs: RsnaKnobs) => FilmPlan>> = {
  rsna: planRsnaFilm,
  multi: planMultiFilm,
}

/** Patient, exposure, class and planned findings of film `index`; it depends on neither the number of films nor their order. */
export function planFilm(seed: number, index: number, { cohort = 'rsna', ...knobs }: PhantomKnobs = {}): FilmPlan {
  return PLANS[cohort](seed, index, knobs)
}

/** Descriptions of films 0 to n − 1, in id order; nothing is rendered. */
export function phantomCohort(seed: number, n: number, knobs: PhantomKnobs = {}): PhantomFilmDescription[] {
  return Array.from({ length: n }, (_, index) => describeFilm(index, planFilm(seed, index, knobs)))
}
