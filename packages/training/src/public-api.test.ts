import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'TrainingCancelledError',
    'TrainingDivergedError',
    'TrainingError',
    'TrainingResumeError',
    'balancedOrder',
    'batchEpoch',
    'batchOrder',
    'fit',
    'fitNetwork',
  ])
})
