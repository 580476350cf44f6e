import { expect, test } from '@jest/globals'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'GanModelsError',
    'bestOfRandom',
    'cycleGanGenerator',
    'discriminatorConfig',
    'discriminatorLoss',
    'discriminatorOf',
    'exportGenerator',
    'filmStrip',
    'filmTranslator',
    'generatorConfig',
    'generatorLoss',
    'generatorOf',
    'guardRails',
    'judgementLoss',
    'l1',
    'makeDiscriminatorConfig',
    'makeGeneratorConfig',
    'onSphere',
    'optimiseLatent',
    'pairedBatch',
    'pairedTranslationKnobs',
    'pairedTranslationState',
    'pairedTranslationStep',
    'paramsDigest',
    'patchGan',
    'translationLoss',
  ])
  expect(Object.keys(stages)).toEqual(['fitAbnormalToNormal', 'fitRealistic', 'generate', 'residual'])
})
