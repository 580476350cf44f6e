import { expect, test } from '@jest/globals'
import * as api from './index.ts'

test('public names', () => {
  expect(Object.keys(api)).toEqual(['renderReport', 'rowIds', 'verdictsOf'])
})
