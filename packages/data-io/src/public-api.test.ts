import { expect, it } from '@jest/globals'
import * as commands from './commands/index.ts'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'DicomError',
    'FolderError',
    'ImageError',
    'PatientOverlapError',
    'PhantomFolderError',
    'PhantomRenderError',
    'PhantomSizeError',
    'SAME_FILM',
    'SplitError',
    'assertPatientDisjoint',
    'checkDicomFile',
    'checkFolder',
    'checkImageFile',
    'cohortOf',
    'describeFolder',
    'describeLayouts',
    'detectLayout',
    'encodeImage',
    'filmMap',
    'findDuplicates',
    'folderWarnings',
    'letterbox',
    'mapBox',
    'oneVariableAuc',
    'phantomCohort',
    'phantomFilmId',
    'readDicom',
    'readDicomHeader',
    'readFilm',
    'readFolderTables',
    'readImage',
    'renderCohort',
    'renderFilm',
    'renderScene',
    'rsnaCohort',
    'splitCohort',
    'squareBoxes',
    'streamFilms',
    'summariseFolder',
    'summariseTables',
    'unitPixels',
    'unitThumbnail',
    'viewShortcut',
    'writeDicom',
    'writePhantomFolder',
  ])
  expect(Object.keys(commands).toSorted()).toEqual([
    'checkDataset',
    'checkSplits',
    'describeData',
    'describeLayouts',
    'detectLayout',
    'writePhantom',
  ])
  expect(Object.keys(stages).toSorted()).toEqual(['readFilms', 'renderPhantom', 'split'])
})
