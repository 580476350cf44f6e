import { expect, test } from '@jest/globals'
import { toneOf } from './verdictTone.ts'
import { verdictsOf } from './verdictsOf.ts'

const table = (columns: ReadonlyArray<string>, ...cells: ReadonlyArray<ReadonlyArray<string | number | null>>) => ({
  title: '',
  rows: '',
  columns,
  cells,
})

test('a claim without a gain of ours was not tested; one with a gain that settles nothing cannot be told', () => {
  const said = verdictsOf(
    table(
      ['claim', 'gain', 'verdict'],
      ['a', 0, 'cannot tell'],
      ['b', null, 'cannot tell'],
      ['c', 0.2, 'holds'],
      ['d', null, 'fails'],
    ),
  )
  expect(said).toEqual(['cannot tell', 'not tested', 'holds', 'fails'])
  expect(said.map(toneOf)).toEqual(['unsure', 'untested', 'holds', 'fails'])
})

test('without a column of gains the table’s own words stand', () => {
  expect(verdictsOf(table(['claim', 'verdict'], ['a', 'cannot tell'], ['b', null]))).toEqual(['cannot tell', ''])
})
