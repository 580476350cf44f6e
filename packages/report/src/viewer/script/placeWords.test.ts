import { expect, test } from '@jest/globals'
import { placeWords } from './placeWords.ts'

const pane = { width: 300, height: 200 }
const box = { x: 100, y: 80, width: 60, height: 40 }

test('above the box, below it, then further off, never on other words', () => {
  expect(placeWords([box, box, box, box], ['T found', 'A hit', 'B hit', 'C hit'], pane)).toEqual([
    { x: 100, y: 76 },
    { x: 100, y: 133 },
    { x: 100, y: 62 },
    { x: 100, y: 147 },
  ])
})

test('inside the pane; none for a box out of sight', () => {
  const [top, right, away] = placeWords(
    [
      { ...box, y: 3 },
      { ...box, x: 290 },
      { ...box, x: 400 },
    ],
    ['T found', 'A false alarm 0.57', 'B hit'],
    pane,
  )
  expect(top).toEqual({ x: 100, y: 56 })
  expect(right!.x).toBeLessThan(180)
  expect(away).toBeUndefined()
})

test('a box larger than the pane has its words inside', () => {
  expect(placeWords([{ x: -50, y: -50, width: 900, height: 900 }], ['T found'], pane)).toEqual([{ x: 2, y: 13 }])
})
