import { expect, test } from '@jest/globals'
import { limitPositives } from './limitPositives.ts'

const rows = Array.from({ length: 40 }, (_, i) => ({
  film: `f${i}`,
  patient: `p${Math.floor(i / 2)}`, // two films each
  part: i < 24 ? 'train' : i < 32 ? 'validation' : 'test',
}))
const labels = rows.map(({ film }, i) => ({ film, target: i % 4 === 0 ? 1 : 0 })) // every second patient has one
const positivesIn = (split: typeof rows, part: string): string[] =>
  split.filter((row) => row.part === part && labels[Number(row.film.slice(1))]!.target === 1).map(({ film }) => film)

test('so many positive films, small doses inside larger ones, nothing else changed', () => {
  const dose = (most: number) => [...limitPositives(rows, labels, { most, seed: 3 })]
  const [two, four] = [dose(2), dose(4)]
  expect(positivesIn(two, 'train')).toHaveLength(2)
  expect(positivesIn(four, 'train')).toHaveLength(4)
  expect(positivesIn(four, 'train')).toEqual(expect.arrayContaining(positivesIn(two, 'train')))
  // a patient leaves whole: 24 films, 6 patients with a positive, 4 of them gone
  expect(two.filter(({ part }) => part === 'train')).toHaveLength(24 - 4 * 2)
  for (const part of ['validation', 'test'])
    expect(two.filter((row) => row.part === part)).toEqual(rows.filter((row) => row.part === part))
  expect(dose(0)).toEqual(rows)
  expect(dose(100)).toEqual(rows)
})

test('the order of rows does not matter, the seed does', () => {
  const of = (from: typeof rows, seed: number) =>
    positivesIn([...limitPositives(from, labels, { most: 3, seed })], 'train').toSorted()
  expect(of(rows.toReversed(), 3)).toEqual(of(rows, 3))
  expect([4, 5, 6].some((seed) => String(of(rows, seed)) !== String(of(rows, 3)))).toBe(true)
})

test('patients with more positive films than the dose', () =>
  expect(() =>
    limitPositives(
      rows,
      rows.map(({ film }) => ({ film, target: 1 })),
      { most: 1, seed: 0 },
    ),
  ).toThrow('Ask for more'))
