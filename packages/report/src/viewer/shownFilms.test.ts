import { expect, test } from '@jest/globals'
import type { ReportInput, ReportStage } from '../ReportInput.ts'
import { emptyInput } from '../testing/exampleInput.ts'
import { exampleStages } from '../testing/exampleStages.ts'
import { exampleViewer } from '../testing/exampleViewer.ts'
import { gatherFilms } from './gatherFilms.ts'
import { shownFilms } from './shownFilms.ts'

const example = exampleViewer(10)
const [any] = exampleStages()
const outputs = { cases: { kind: 'cases', rows: 10, bytes: 1, digest: '' } }
const shows = (most: number, stage = 'show-films'): ReportStage => ({
  ...any!,
  label: 'shown',
  stage,
  outputs,
  params: [{ name: 'most', value: most, set: '', source: '', isDefault: true, row: '', doc: '' }],
})
const said = (more: Partial<ReportInput> = {}): string => {
  const input = { ...emptyInput(), ...example, ...more }
  return shownFilms(
    input,
    gatherFilms(input, () => 0),
  ).text.replaceAll(/<[^>]*>/g, '')
}

test('films that were judged are counted apart from those that were not', () => {
  // of ten, films 5 and 10 are of the training part; 1 and 8 of the validation part
  expect(said()).toContain('2 validation films and 6 test films judged by 3 arms, and 2 training films not judged:')
  expect(said({ cases: [] })).toMatch(/^10 films: /)
})

test('how they were chosen, with the number of the run, and that counts are no rates', () => {
  const chosen = said({ stages: [shows(6)] })
  expect(chosen).toContain('chosen by the stage shown, at most 6 of the test part: up to half of them with the finding')
  expect(chosen).toContain('counts here are not rates')
  expect(said({ stages: [shows(7)] })).toContain('chosen by the stage shown: the whole test part')
  expect(said({ stages: [shows(6, 'another')] })).toMatch(/chosen by the stage shown\. So counts here are not rates/)
  expect(said()).not.toContain('chosen by')
})

test('names of files are warned of, names of phantoms are not', () => {
  const of = (layout: string): string => said({ datasets: [{ name: 'rsna', layout, digest: '' }] })
  for (const layout of ['rsna', 'nih', 'classes']) expect(of(layout)).toContain('may identify a patient')
  expect(of('phantom')).not.toContain('identify')
})
