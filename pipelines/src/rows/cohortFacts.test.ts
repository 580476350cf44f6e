import { describe, expect, it } from '@jest/globals'
import { cohortTables } from '@radiograft/pipeline/testing'
import { cohortFacts } from './cohortFacts.ts'

describe('cohortFacts', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const tables = cohortTables(ids, {
    partOf: (i) => (i < 4 ? 'train' : i < 5 ? 'validation' : 'test'),
    having: (i) => i === 0 || i === 5,
    patientOf: (film) => (film === 'b' ? 'p a' : `p ${film}`),
  })
  const box = (film: string, w: number, h: number) => ({ film, x0: 1, y0: 2, x1: 1 + w, y1: 2 + h, label: 'opacity' })
  const pair = (film: string, donor: string, rank = 0) => ({ film, donor, rank, distance: 1 })
  const input = {
    ...tables,
    boxes: [box('a', 10, 20), box('a', 20, 40), box('f', 12, 30), box('f', 14, 20), box('f', 16, 30)],
    nearest: [pair('a', 'b'), pair('f', 'b'), pair('f', 'c', 1)],
    lent: [pair('b', 'a'), pair('c', 'a')],
    films: 'films',
  }

  it('counts by hand', () => {
    expect(cohortFacts(input)).toEqual({
      films: '6 films: Normal 4, Lung Opacity 2',
      boxes: '2 positives; 1/2/3 boxes: 0/1/1 films; 5 boxes, median w × h 14.0 × 30.0 px (w 10–20, h 20–40)',
      parts: 'train 4 films of 3 patients, validation 1 films of 1 patients, test 1 films of 1 patients',
      patients: '6 films of 5 patients, at most 2 each',
      donors: '2 films with boxes from 1 normal films; the most used lends to 100.0 %',
      hosts: '2 hosts, 1 donors, all of the training part, which has 3 normal films and 3 without the finding',
    })
  })

  it('tells hosts and donors of other parts', () => {
    expect(cohortFacts({ ...input, lent: [pair('b', 'f')] }).hosts).toContain('1 of them NOT of the training part')
  })

  it('without a map no patient is counted, and without films nothing', () => {
    const unknown = {
      ...input,
      cohort: tables.cohort.map((one) => ({ ...one, patientKnown: false })),
      split: tables.split.map((one) => ({ ...one, unit: 'film' as const })),
    }
    expect(cohortFacts(unknown).patients).toBe('no map of patients: each of 6 films stands for its own')
    expect(cohortFacts(unknown).parts).toBe(
      'train 4 films, validation 1 films, test 1 films; by film, no map of patients',
    )
    expect(cohortFacts({ cohort: [], labels: [], boxes: [], split: [], nearest: [], films: 'films' })).toEqual({})
  })
})
