// Stages of @radiograft/data-io.
export { readFilms } from './readFilms.ts'
export { renderPhantom } from './renderPhantom.ts'
export { split } from './split.ts'
