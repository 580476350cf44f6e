// Descriptions of real films: figures that were taken from the tables with pandas and scikit-learn 1.7.
import { describe, expect, it, jest } from '@jest/globals'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { describeData } from './describeData.ts'

jest.setTimeout(600_000)
const look = (folder: string, pixels: boolean) =>
  describeData(filmsFolder(folder), { pixels, workers: 0, pseudonym: () => 'patient' })

describe('the view alone, against all others and against normal films', () => {
  it.each([
    ['rsna-mini', 0.6101, 0.6609, 'newcombe'],
    ['rsna-mini-64', 0.7809, 0.9291, 'patients'],
  ] as const)('%s', async (folder, all, normal, interval) => {
    const { record, warnings } = await look(folder, false)
    const view = record.shortcuts.find(({ variable }) => variable === 'view')!
    expect(view.alone!.auc).toBeCloseTo(all, 4)
    expect(view.againstNormal!.auc).toBeCloseTo(normal, 4)
    expect(view.alone!.interval).toBe(interval)
    expect(warnings.map(({ text }) => text).join('\n')).toContain('The view alone predicts the target')
  })
})

it('age and sex of rsna-mini', async () => {
  const { record } = await look('rsna-mini', false)
  const auc = (variable: string) => record.shortcuts.find((each) => each.variable === variable)!.alone!.auc
  expect(auc('age')).toBeCloseTo(0.446, 4)
  expect(auc('sex')).toBeCloseTo(0.5366, 4)
})

it('films of different patients are no duplicates', async () => {
  for (const folder of ['rsna-mini', 'rsna-mini-64']) {
    const { record } = await look(folder, true)
    expect(record.pixels!.duplicates).toEqual([])
  }
})

it("Kermany's files are named by class", async () => {
  const { record, warnings } = await look('kermany-224', false)
  expect(record).toMatchObject({ films: 4065, positives: 2965, patients: { known: true, patients: 2185, most: 31 } })
  expect(warnings.map(({ kind }) => kind)).toEqual(['difference'])
})
