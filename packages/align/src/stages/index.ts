// Stages of @radiograft/align.
export { alignFilms } from './alignFilms.ts'
export { fitAligner } from './fitAligner.ts'
export { measureAgreement } from './measureAgreement.ts'
export { restoreDetections } from './restoreDetections.ts'
export { warpFilms } from './warpFilms.ts'
export { warpMasks } from './warpMasks.ts'
