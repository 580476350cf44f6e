// Stages of @radiograft/data-io.
export { limitPositives } from './limitPositives.ts'
export { readFilms } from './readFilms.ts'
export { renderPhantom } from './renderPhantom.ts'
export { split } from './split.ts'
