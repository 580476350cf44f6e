// One verdict a claim, from our contrast alone; without the arm, or with one seed, nobody can tell.
import { expect, it } from '@jest/globals'
import type { MetricRow } from '@radiograft/pipeline'
import { claims } from './claims.ts'
import { run } from './judgeClaims.run.ts'

const contrast: MetricRow = {
  arm: 'attention − plain',
  part: 'test',
  metric: 'ap-rsna-0.40:0.75',
  value: 0.0202,
  low: 0.02,
  high: 0.021,
  n: 250,
  unit: '',
}
const judge = async (rows: ReadonlyArray<MetricRow>, seeds: number) =>
  (await run({ params: { seeds }, inputs: { metrics: [rows] }, ctx: undefined as never })).verdicts

it('judges every claim of the paper, and prints our figure beside it', async () => {
  const { cells, columns } = await judge([contrast], 2)
  expect(cells).toHaveLength(claims.length)
  expect(columns[4]).toBe('verdict')
  expect(cells[0]!.slice(3, 5)).toEqual(['+0.020 [0.020, 0.021], n 250', 'holds'])
  expect(cells[2]!.slice(3, 5)).toEqual(['no arm of it in this run', 'cannot tell'])
})

it('fails a claim whose whole interval lies below zero', async () => {
  const { cells } = await judge([{ ...contrast, value: -0.0205, low: -0.021, high: -0.02 }], 2)
  expect(cells[0]![4]).toBe('fails')
})

it('cannot tell from an interval wider than the paper’s gain of .002, and says how many films would', async () => {
  const { cells } = await judge([{ ...contrast, value: 0.03, low: 0.02, high: 0.04 }], 2)
  // 250 films · (.02 / .002)²
  expect(cells[0]!.slice(4, 6)).toEqual(['cannot tell', '25000'])
})

it('cannot tell from one seed, or without an interval', async () => {
  expect((await judge([contrast], 1)).cells[0]![4]).toBe('cannot tell')
  expect((await judge([contrast], 1)).note).toContain('one seed')
  expect((await judge([{ ...contrast, low: NaN, high: NaN }], 2)).cells[0]![4]).toBe('cannot tell')
})
