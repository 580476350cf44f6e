import { expect, it } from '@jest/globals'
import * as commands from './commands/index.ts'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'DicomError',
    'PatientOverlapError',
    'PhantomRenderError',
    'PhantomSizeError',
    'RsnaFolderError',
    'SplitError',
    'assertPatientDisjoint',
    'checkDicomFile',
    'checkRsna',
    'cohortOf',
    'filmMap',
    'letterbox',
    'mapBox',
    'phantomFilmId',
    'readDicom',
    'readDicomHeader',
    'readRsna',
    'readRsnaFilm',
    'readRsnaTables',
    'renderCohort',
    'renderFilm',
    'renderScene',
    'rsnaCohort',
    'splitCohort',
    'squareBoxes',
    'summariseRsna',
    'unitPixels',
    'writeDicom',
  ])
  expect(Object.keys(commands).toSorted()).toEqual(['checkDataset', 'checkSplits'])
  expect(Object.keys(stages).toSorted()).toEqual(['checkDataset', 'readRsna', 'renderPhantom', 'split'])
})
