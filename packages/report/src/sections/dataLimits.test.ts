import { expect, test } from '@jest/globals'
import { exampleCohorts } from '../testing/exampleCards.ts'
import { dataLimits } from './dataLimits.ts'

const [cohort] = exampleCohorts()
const of = (layout: string): string => dataLimits({ ...cohort!, layout }).text

test('what the labels are worth follows from how a layout’s labels were made', () => {
  expect(of('rsna')).toContain('radiologists read the film alone')
  for (const layout of ['nih', 'chexpert']) expect(of(layout)).toContain('a program mined the labels from reports')
  expect(of('classes')).toContain('the folder does not tell who gave it')
  expect(of('phantom')).toContain('known by construction')
  expect(of('another')).toContain('how the labels were made is not known here')
  for (const layout of ['phantom', 'nih', 'chexpert', 'classes', 'another'])
    expect(of(layout)).not.toContain('film alone')
})
