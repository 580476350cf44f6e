import { expect, it } from '@jest/globals'
import { classWord } from './classWord.ts'

it('a stroke in a class is no end of a metric’s name', () => {
  expect(['No Lung Opacity / Not Normal', 'a/b', 'Effusion'].map(classWord)).toEqual([
    'No Lung Opacity or Not Normal',
    'a or b',
    'Effusion',
  ])
})
