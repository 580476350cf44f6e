import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports these names', () => {
  expect(Object.keys(api).toSorted()).toEqual(['isUnsent', 'startTracking', 'syncRun'])
})
