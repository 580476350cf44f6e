/**
 * The chest phantom: procedural chest films with patients, views, known misalignment, findings with exact masks and
 * boxes, and for every film its lesion-free twin. The default data of every pipeline, and the known-answer test bed.
 * `writePhantomFolder` writes them as a folder in a layout of real films.
 *
 *     import { renderCohort, rsnaCohort } from '@radiograft/data-io'
 *
 *     rsnaCohort(7, 100).filter((film) => film.class === 'Lung Opacity').length // 23
 *     for await (const film of renderCohort({ seed: 7, films: 100, size: 128 })) {
 *       console.log(film.description.filmId, film.pixels.length, film.findings.map(({ type, box }) => [type, box]))
 *     }
 */
// Cohorts
export { rsnaCohort } from './cohorts/rsna.ts'
export { phantomCohort } from './cohorts/planFilm.ts'
export { phantomFilmId, type PhantomFilmDescription } from './cohorts/describeFilm.ts'
export type { PhantomCohort, PhantomKnobs, RsnaClass, RsnaKnobs } from './cohorts/knobs.ts'
// Rendering
export { renderFilm, type RenderedFilm, type RenderFilmOptions } from './renderFilm.ts'
export { renderCohort, PhantomRenderError, type RenderCohortOptions } from './renderCohort.ts'
export {
  renderScene,
  PhantomSizeError,
  type RenderedFinding,
  type RenderedScene,
  type SceneOptions,
} from './renderScene.ts'
// Writing folders
export { writePhantomFolder, type WritePhantomOptions, type WrittenFolder } from './write/writePhantomFolder.ts'
export type { PhantomLayoutName } from './write/phantomLayouts.ts'
export type { PhantomEncoding } from './write/PhantomLayout.ts'
export { PhantomFolderError, type PhantomFolderProblem } from './write/PhantomFolderError.ts'
