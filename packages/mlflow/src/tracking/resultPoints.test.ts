// metrics.json as points, by hand.
import { expect, it } from '@jest/globals'
import { resultPoints } from './resultPoints.ts'

it('value, low and high, under names that MLflow takes; null is nothing, two of one name are both kept', () => {
  const at = { timestamp: 5, step: 0 }
  expect(
    resultPoints(
      {
        'attention − box-prior/test/ap': { value: 0.5, low: 0.25, high: 0.75 },
        'attention - box-prior/test/ap': { value: 0, low: null, high: null },
        'plain/train/mean': { value: null, low: null, high: null },
      },
      5,
    ),
  ).toEqual([
    { key: 'attention - box-prior/test/ap', value: 0.5, ...at },
    { key: 'attention - box-prior/test/ap.low', value: 0.25, ...at },
    { key: 'attention - box-prior/test/ap.high', value: 0.75, ...at },
    { key: 'attention - box-prior/test/ap-2', value: 0, ...at },
  ])
})
