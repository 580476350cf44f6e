import { expect, test } from '@jest/globals'
import { placeOf } from './placement.ts'

test('results stand by their name, numbered or not', () => {
  expect(
    ['verdicts', 'forest', 'cohort', 'counts-2', 'curves-11', 'residuals', 'curves-of', 'toString'].map(placeOf),
  ).toEqual(['answers', 'numbers', 'films', 'films', 'training', 'elsewhere', 'elsewhere', 'elsewhere'])
})
