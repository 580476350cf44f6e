/**
 * @radiograft/data-io: films in, cohorts and splits out. DICOM films, folders in RSNA's layout, the procedural chest
 * phantom, and splits that keep patients apart. No tensors.
 *
 * ```ts
 * import { checkRsna, readRsna, splitCohort } from '@radiograft/data-io'
 *
 * const folder = checkRsna('rsna') // one error with every problem of the folder, before any work
 * const labels = folder.films.map(({ film, class: name, target }) => ({ film, class: name, target }))
 * const parts = splitCohort({ cohort: folder.films, labels, folds: 4, fold: 0, holdOut: 0, validation: 0.18, seed: 1 })
 * for await (const { id, pixels } of readRsna(folder, { size: 128 })) console.log(id, pixels.length)
 * ```
 */

// DICOM
export { readDicom } from './dicom/readDicom.ts'
export type { DicomFilm } from './dicom/readDicom.ts'
export { unitPixels } from './dicom/unitPixels.ts'
export { checkDicomFile } from './dicom/checkDicomFile.ts'
export { readDicomHeader } from './dicom/readDicomHeader.ts'
export type { DicomHeader, DicomWindow } from './dicom/readDicomHeader.ts'
export { writeDicom } from './dicom/writeDicom.ts'
export type { FilmToWrite } from './dicom/writeDicom.ts'

// RSNA folders
export { checkRsna } from './rsna/checkRsna.ts'
export type { RsnaFilm, RsnaFolder } from './rsna/checkRsna.ts'
export { readRsna, readRsnaFilm, squareBoxes } from './rsna/readRsna.ts'
export type { ReadRsnaOptions, SquareFilm } from './rsna/readRsna.ts'
export { readRsnaTables } from './rsna/readRsnaTables.ts'
export type { LabelFacts, PatientFacts, RsnaTables } from './rsna/parseRsnaTables.ts'
export { summariseRsna } from './rsna/summariseRsna.ts'
export type { RsnaSummary } from './rsna/summariseRsna.ts'
export { filmMap, letterbox, mapBox } from './folder/letterbox.ts'
export type { FilmMap } from './folder/letterbox.ts'

// cohorts and splits
export { cohortOf } from './cohort/Cohort.ts'
export type { CohortEntry, FilmFacts, LabelEntry } from './cohort/Cohort.ts'
export { splitCohort } from './split/splitCohort.ts'
export type { SplitEntry, SplitPart, SplitRequest } from './split/splitCohort.ts'
export { assertPatientDisjoint } from './split/assertPatientDisjoint.ts'

// the phantom
export { phantomFilmId, renderCohort, renderFilm, renderScene, rsnaCohort } from './phantom/index.ts'
export type {
  PhantomFilmDescription,
  RenderCohortOptions,
  RenderedFilm,
  RenderedFinding,
  RenderedScene,
  RenderFilmOptions,
  RsnaClass,
  RsnaKnobs,
  SceneOptions,
} from './phantom/index.ts'

// errors
export { DicomError } from './dicom/DicomError.ts'
export type { DicomProblem } from './dicom/DicomError.ts'
export { PatientOverlapError, SplitError } from './split/SplitError.ts'
export { PhantomRenderError, PhantomSizeError } from './phantom/index.ts'
export { RsnaFolderError } from './rsna/RsnaFolderError.ts'
export type { RsnaProblem, RsnaProblemKind } from './rsna/RsnaFolderError.ts'
