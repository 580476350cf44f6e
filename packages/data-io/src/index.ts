/**
 * @radiograft/data-io: films in, cohorts and splits out. DICOM and picture files, folders in the layouts that people have,
 * the procedural chest phantom, and splits that keep patients apart. No tensors.
 *
 * ```ts
 * import { checkFolder, splitCohort, streamFilms } from '@radiograft/data-io'
 *
 * const folder = await checkFolder('films', undefined) // one error with every problem of the folder, before any work
 * const { films } = folder
 * const parts = splitCohort({ cohort: films, labels: films, folds: 4, fold: 0, holdOut: 0, validation: 0.18, seed: 1 })
 * for await (const { film, pixels } of streamFilms(folder, { size: 128 })) console.log(film.film, pixels.length)
 * ```
 */

// folders of films
export { checkFolder } from './folder/checkFolder.ts'
export { checkLooseFilms } from './folder/checkLooseFilms.ts'
export type { LooseFilm, LooseFolder } from './folder/checkLooseFilms.ts'
export { describeLayouts, detectLayout } from './folder/detectLayout.ts'
export { FilmReadError, StreamFilmsOptionError, streamFilms } from './folder/streamFilms.ts'
export type { FilmFile, StreamedFilm, StreamedFolder, StreamFilmsOptions } from './folder/streamFilms.ts'
export { readFilm, squareBoxes } from './folder/readFilm.ts'
export type { Preparation, PreparedFilm, ReadFilmOptions } from './folder/readFilm.ts'
export { readFolderTables } from './folder/readFolderTables.ts'
export type { FilmRow, FolderTables } from './layouts/FolderLayout.ts'
export { summariseFolder, summariseTables } from './folder/summariseFolder.ts'
export type { FolderSummary } from './folder/summariseFolder.ts'
export type {
  FilmFolder,
  FilmFormat,
  FolderFilm,
  FolderOptions,
  LabelledBox,
  Layout,
  Mention,
} from './folder/FilmFolder.ts'
export { filmMap, letterbox, mapBox } from './folder/letterbox.ts'
export type { FilmMap } from './folder/letterbox.ts'

// what there is in a folder
export { describeFolder } from './describe/describeFolder.ts'
export type { FolderDescription } from './describe/FolderDescription.ts'
export { folderWarnings } from './describe/folderWarnings.ts'
export { oneVariableAuc } from './describe/oneVariableAuc.ts'
export type { OneVariableAuc, ScoredFilm } from './describe/oneVariableAuc.ts'
export { viewShortcut } from './describe/shortcuts.ts'
export { findDuplicates, SAME_FILM } from './describe/findDuplicates.ts'
export { unitThumbnail } from './describe/unitThumbnail.ts'

// DICOM
export { readDicom } from './dicom/readDicom.ts'
export type { DicomFilm } from './dicom/readDicom.ts'
export { unitPixels } from './dicom/unitPixels.ts'
export { checkDicomFile } from './dicom/checkDicomFile.ts'
export { readDicomHeader } from './dicom/readDicomHeader.ts'
export type { DicomHeader, DicomWindow } from './dicom/readDicomHeader.ts'
export { writeDicom } from './dicom/writeDicom.ts'
export type { FilmToWrite } from './dicom/writeDicom.ts'

// picture files
export { readImage } from './images/readImage.ts'
export { checkImageFile } from './images/checkImageFile.ts'
export { encodeImage } from './images/encodeImage.ts'
export type { EncodeImageOptions, ImageToWrite } from './images/encodeImage.ts'
export type { GreyImage, ImageFormat, ImageHeader } from './images/GreyImage.ts'

// cohorts and splits
export { cohortOf } from './cohort/Cohort.ts'
export type { CohortEntry, FilmFacts, LabelEntry } from './cohort/Cohort.ts'
export { splitCohort } from './split/splitCohort.ts'
export type { SplitEntry, SplitPart, SplitRequest } from './split/splitCohort.ts'
export { assertPatientDisjoint } from './split/assertPatientDisjoint.ts'
export { cohortByFilm } from './split/cohortByFilm.ts'
export { patientOverlap } from './split/patientOverlap.ts'
export type { OverlapCount, PatientOverlap } from './split/patientOverlap.ts'

// the phantom
export {
  phantomCohort,
  phantomFilmId,
  renderCohort,
  renderFilm,
  renderScene,
  rsnaCohort,
  writePhantomFolder,
} from './phantom/index.ts'
export type {
  PhantomCohort,
  PhantomEncoding,
  PhantomFilmDescription,
  PhantomFolderProblem,
  PhantomKnobs,
  PhantomLayoutName,
  RenderCohortOptions,
  RenderedFilm,
  RenderedFinding,
  RenderedScene,
  RenderFilmOptions,
  RsnaClass,
  RsnaKnobs,
  SceneOptions,
  WritePhantomOptions,
  WrittenFolder,
} from './phantom/index.ts'

// errors
export { DicomError } from './dicom/DicomError.ts'
export type { DicomProblem } from './dicom/DicomError.ts'
export { PatientOverlapError, SplitError } from './split/SplitError.ts'
export { PhantomFolderError, PhantomRenderError, PhantomSizeError } from './phantom/index.ts'
export { ImageError } from './images/ImageError.ts'
export type { ImageProblem } from './images/ImageError.ts'
export { FolderError } from './folder/FolderError.ts'
export type { FolderProblem, FolderProblemKind } from './folder/FolderError.ts'
