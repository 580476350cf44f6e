import { expect, test } from '@jest/globals'
import { balancedOrder } from './balancedOrder.ts'

test('batches: half positive, each sort once a round, any step without those before', () => {
  const positive = [true, false, false, true, false, false]
  const at = balancedOrder(positive, 4, 7)
  for (let step = 0; step < 6; step++) expect(at(step).map((i) => positive[i])).toEqual([true, true, false, false])
  expect([...at(0).slice(2), ...at(1).slice(2)].toSorted()).toEqual([1, 2, 4, 5])
  expect(balancedOrder(positive, 4, 7)(5)).toEqual(at(5))
  expect(balancedOrder([false, false], 3, 7)(0)).toHaveLength(3)
  expect(() => balancedOrder([], 4, 7)).toThrow('no training films')
})
