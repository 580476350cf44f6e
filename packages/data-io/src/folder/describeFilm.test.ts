import { expect, it } from '@jest/globals'
import { describeFilm } from './describeFilm.ts'

it.each([
  ['PA', 'AP', 'PA'],
  ['', 'AP', 'AP'],
  ['PA', 'LATERAL', 'LATERAL'],
  ['', 'LL', 'LL'],
  ['LATERAL', 'PA', 'LATERAL'],
  ['LL', 'LATERAL', 'LL'],
])('the header says %j, the row %j: the view is %j', (ofHeader, ofRow, view) => {
  const header = { path: '/x/a.dcm', format: 'dicom', rows: 8, columns: 8, view: ofHeader, sex: '', age: -1 } as const
  const row = {
    id: 'a',
    where: '',
    patient: undefined,
    view: ofRow,
    sex: '',
    age: -1,
    class: '',
    mentions: {},
    boxes: [],
  }
  const found = { id: 'a', file: 'x/a.dcm', name: 'a.dcm' }
  expect(describeFilm(found, header, row, { boxSpace: undefined }, () => {}).view).toBe(view)
})
