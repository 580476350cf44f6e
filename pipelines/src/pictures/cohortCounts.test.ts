// How many there are of what, and who lends how often, counted by hand.
import { describe, expect, it } from '@jest/globals'
import type { SplitRow } from '@radiograft/pipeline'
import { cohortCounts } from './cohortCounts.ts'
import { donorTable } from '../granet/donorTable.ts'

const splitOf = (unit: SplitRow['unit']): SplitRow[] => [
  { film: 'a', patient: 'p', part: 'train', unit, sealed: true },
  { film: 'b', patient: 'p', part: 'train', unit, sealed: true },
  { film: 'c', patient: 'q', part: 'test', unit, sealed: true },
]
const person = { patientKnown: true, sex: 'F', age: 40 }

describe('cohortCounts', () => {
  const rows = {
    boxes: [{ film: 'c' }, { film: 'c' }, { film: 'a' }],
    labels: [
      { film: 'a', class: 'Lung Opacity', target: 1 },
      { film: 'b', class: 'Normal', target: 0 },
      { film: 'c', class: 'Lung Opacity', target: 1 },
    ],
    cohort: [
      { ...person, film: 'a', patient: 'p', view: 'PA' },
      { ...person, film: 'b', patient: 'p', view: 'AP' },
      { ...person, film: 'c', patient: 'q', view: 'PA' },
    ],
  }

  it('counts films, patients, positives, boxes, classes and views of every part', () => {
    const { columns, cells, note } = cohortCounts({ ...rows, split: splitOf('patient') })
    expect(columns).toEqual([
      'part',
      'films',
      'patients',
      'positives',
      'boxes',
      'class Lung Opacity',
      'class Normal',
      'view AP',
      'view PA',
    ])
    expect(cells).toEqual([
      ['train', 2, 1, 1, 1, 1, 1, 1, 1],
      ['validation', 0, 0, 0, 0, 0, 0, 0, 0],
      ['test', 1, 1, 1, 2, 1, 0, 0, 1],
      ['all', 3, 2, 2, 3, 2, 1, 1, 2],
    ])
    expect(note).toContain('by patient')
  })

  it('without a map to patients it counts none, and says that the split is by film (G29)', () => {
    const { cells, note } = cohortCounts({ ...rows, split: splitOf('film') })
    expect(cells.map((row) => row[2])).toEqual([null, null, null, null])
    expect(note).toContain('by film')
    expect(note).toContain('G29')
  })
})

it('donorTable: nearest donors only, shares by part', () => {
  const pair = (film: string, donor: string, rank = 0) => ({ film, donor, rank, distance: 1 })
  const { cells } = donorTable([pair('a', 'x'), pair('b', 'x'), pair('c', 'y'), pair('c', 'z', 1)], splitOf('patient'))
  expect(cells).toEqual([
    ['train', 2, 1, 1, 'x', 2, 100],
    ['test', 1, 1, 1, 'y', 1, 100],
    ['all', 3, 2, 1.8, 'x', 2, 66.7], // 3² / (2² + 1²)
  ])
})
