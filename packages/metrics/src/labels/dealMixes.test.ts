import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { dealMixes } from './dealMixes.ts'

const films = (...counts: ReadonlyArray<number>) =>
  counts.flatMap((n, truth) => Array.from({ length: n }, (_, i) => ({ film: `${truth} ${i}`, truth })))
const countsOf = (set: ReadonlyArray<{ readonly truth: number }>, classes: number): number[] =>
  Array.from({ length: classes }, (_, k) => set.filter(({ truth }) => truth === k).length)

test('by hand: 86, 117 and 59 films: the rarest has twice as many as the next, that twice as many as the commonest', () => {
  const { unlike, without } = dealMixes(films(86, 117, 59), { classes: 3, without: 2 }, rng(1))
  expect(countsOf(unlike, 3)).toEqual([29, 14, 59]) // of 59, 29.5 and 14.75
  expect(countsOf(without, 3)).toEqual([86, 117, 0])
  expect(new Set(unlike.map(({ film }) => film)).size).toBe(102)
})

test('where the common ones are few they say how many there are', () =>
  expect(countsOf(dealMixes(films(10, 11), { classes: 2, without: 0 }, rng(1)).unlike, 2)).toEqual([10, 5]))

test('other films for another seed, of equal shares', () => {
  const [a, b] = [1, 2].map((seed) => dealMixes(films(30, 40, 20), { classes: 3, without: 0 }, rng(seed)).unlike)
  expect(countsOf(a!, 3)).toEqual(countsOf(b!, 3))
  expect(a).not.toEqual(b)
  expect(dealMixes(films(30, 40, 20), { classes: 3, without: 0 }, rng(1)).unlike).toEqual(a)
})

test('a class without a film is dealt to neither set; of one class alone the other set is empty', () => {
  const { unlike, without } = dealMixes(films(3, 0, 2), { classes: 3, without: 0 }, rng(1))
  expect(countsOf(unlike, 3)).toEqual([1, 0, 2])
  expect(countsOf(without, 3)).toEqual([0, 0, 2])
  const alone = dealMixes(films(0, 4), { classes: 2, without: 1 }, rng(1))
  expect([alone.unlike.length, alone.without.length]).toEqual([4, 0])
  expect(dealMixes(films(), { classes: 2, without: 0 }, rng(1))).toEqual({ unlike: [], without: [] })
})
