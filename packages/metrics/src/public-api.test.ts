import { expect, test } from '@jest/globals'
import * as api from './index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'MetricError',
    'aucScore',
    'cocoAp',
    'cocoAt50',
    'cocoMain',
    'cocoProtocol',
    'compareScores',
    'defaultGrid',
    'detectionProtocols',
    'filmsToTell',
    'filmsWithBoxes',
    'iouThresholds',
    'matchFilm',
    'meanAbsoluteError',
    'meanOfCounted',
    'pairedPatientBootstrap',
    'pairedSeedBootstrap',
    'patientBootstrap',
    'pseudoNormalScores',
    'psnr',
    'ratioPatientBootstrap',
    'residualEnergyRatio',
    'rsnaAp',
    'rsnaApAt',
    'rsnaFilmScore',
    'rsnaProtocol',
    'rsnaTable1',
    'rsnaTable2',
    'tuneThreshold',
    'tunedAp',
    'verdict',
  ])
})
