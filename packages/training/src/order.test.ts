import { expect, it } from '@jest/globals'
import { balancedOrder } from './balancedOrder.ts'
import { batchEpoch, batchOrder } from './batchOrder.ts'

const sorted = (values: Iterable<number>): number[] => [...values].toSorted((a, b) => a - b)

it('every example comes once an epoch, in batches of one size, in another order each epoch', () => {
  const stream = Array.from({ length: 15 }, (_, step) => [...batchOrder('s', 10, 4, step)]).flat() // 60: six epochs
  const epochs = Array.from({ length: 6 }, (_, e) => stream.slice(10 * e, 10 * e + 10))
  for (const epoch of epochs) expect(sorted(epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(new Set(epochs.map(String)).size).toBe(6)
  expect(batchEpoch(10, 4, 2, 1)).toBe(0)
  expect(batchEpoch(10, 4, 2, 2)).toBe(1)
})

it('is a function of seed and step alone', () => {
  const late = batchOrder(1, 100, 8, 40)
  for (let i = 0; i < 50; i++) batchOrder(1, 100, 8, i)
  expect(batchOrder(1, 100, 8, 40)).toEqual(late)
  expect(batchOrder(2, 100, 8, 40)).not.toEqual(late)
  expect(batchOrder(0, 3, 7, 0).length).toBe(7) // a batch larger than the collection spans epochs
  expect(() => batchOrder(0, 0, 4, 0)).toThrow('nothing to train on')
})

it('balanced batches have their shares, each kind in its own epochs', () => {
  const options = {
    seed: 5,
    positives: [3, 7, 11],
    negatives: [0, 1, 2, 4, 5, 6],
    count: { positives: 1, negatives: 2 },
  }
  const batches = Array.from({ length: 3 }, (_, step) => balancedOrder(options, step))
  expect(sorted(batches.map((b) => b[0]!))).toEqual([3, 7, 11])
  expect(sorted(batches.flatMap((b) => Array.from(b.subarray(1))))).toEqual([0, 1, 2, 4, 5, 6])
  expect(() => balancedOrder({ ...options, positives: [] }, 0)).toThrow('wants 1 positives, but there are no positives')
})
