import { expect, test } from '@jest/globals'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'GanModelsError',
    'cycleGanGenerator',
    'discriminatorConfig',
    'discriminatorLoss',
    'discriminatorOf',
    'exportGenerator',
    'filmTranslator',
    'generatorConfig',
    'generatorLoss',
    'generatorOf',
    'judgementLoss',
    'l1',
    'makeDiscriminatorConfig',
    'makeGeneratorConfig',
    'pairedBatch',
    'pairedTranslationKnobs',
    'pairedTranslationState',
    'pairedTranslationStep',
    'patchGan',
    'translationLoss',
  ])
  expect(Object.keys(stages)).toEqual(['fitAbnormalToNormal', 'fitRealistic', 'generate', 'residual'])
})
