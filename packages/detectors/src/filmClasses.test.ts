import { expect, test } from '@jest/globals'
import { filmClasses } from './filmClasses.ts'

const labels = [
  { class: 'Normal', target: 0 },
  { class: 'Lung Opacity', target: 1 },
  { class: 'No Lung Opacity / Not Normal', target: 0 },
  { class: 'Normal', target: 0 },
]

test('the data set’s classes by name; the positive one is found by its films', () => {
  expect(filmClasses(labels, 'class')).toEqual({
    names: ['Lung Opacity', 'No Lung Opacity / Not Normal', 'Normal'],
    positive: [0],
    of: [2, 0, 1, 2],
  })
})

test('positive against negative', () => {
  expect(filmClasses(labels, 'target')).toEqual({ names: ['negative', 'positive'], positive: [1], of: [0, 1, 0, 0] })
})
