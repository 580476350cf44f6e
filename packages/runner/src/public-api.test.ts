import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'BundleError',
    'DatasetError',
    'InputsMissingError',
    'RunFolderError',
    'StageFailedError',
    'executePlan',
    'findWorkspace',
    'leanHeap',
    'planOnly',
    'planRun',
  ])
})
