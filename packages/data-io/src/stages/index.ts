// Stages of @radiograft/data-io.
export { cohortByFilm } from './cohortByFilm.ts'
export { leaveOutClass } from './leaveOutClass.ts'
export { limitPositives } from './limitPositives.ts'
export { measurePatientOverlap } from './measurePatientOverlap.ts'
export { readFilms } from './readFilms.ts'
export { renderPhantom } from './renderPhantom.ts'
export { split } from './split.ts'
