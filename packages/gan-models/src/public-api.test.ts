import { expect, test } from '@jest/globals'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'GanModelsError',
    'averageOf',
    'criticLoss',
    'cycleGanGenerator',
    'discriminatorConfig',
    'discriminatorLoss',
    'discriminatorOf',
    'exportGenerator',
    'fadeReals',
    'fadeWeight',
    'filmTranslator',
    'foolingLoss',
    'generatorConfig',
    'generatorLoss',
    'generatorOf',
    'gradientPenalty',
    'grownState',
    'growthAt',
    'growthPresets',
    'growthSchedule',
    'growthSteps',
    'judgementLoss',
    'l1',
    'makeDiscriminatorConfig',
    'makeGeneratorConfig',
    'pairedBatch',
    'pairedTranslationKnobs',
    'pairedTranslationState',
    'pairedTranslationStep',
    'patchGan',
    'phaseSteps',
    'progressiveChannels',
    'progressiveCritic',
    'progressiveGenerator',
    'progressiveKnobs',
    'progressiveState',
    'progressiveStep',
    'r1Penalty',
    'translationLoss',
  ])
  expect(Object.keys(stages)).toEqual(['fitAbnormalToNormal', 'fitRealistic', 'generate', 'residual'])
})
