import { expect, test } from '@jest/globals'
import { type MetricRow, metricRow } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { metricRange } from './metricRange.ts'
import { poolSeeds } from './poolSeeds.ts'
import { run } from './poolSeeds.run.ts'

const row = (arm: string, metric: string, value: number, low = NaN, high = NaN, n = 100): MetricRow =>
  metricRow({ arm, metric, value, low, high, n })
const pool = async (seeds: ReadonlyArray<number>, metrics: ReadonlyArray<ReadonlyArray<MetricRow>>) => {
  const ctx = stageContext()
  return { ...(await run({ params: defaultsOf(poolSeeds, { seeds }), inputs: { metrics }, ctx })), ctx }
}

test('several artefacts a seed: figures of one name are paired by seed, whatever the order', async () => {
  const kid = (value: number) => row('pggan − dcgan', 'kid-x', value, value - 0.1, value + 0.1)
  const { metrics, bySeed, ctx } = await pool(
    [1, 0, 0, 1],
    [[kid(3)], [kid(1)], [row('pggan', 'recall-x', 0.02, 0, 0.1)], [row('pggan', 'recall-x', 0.1, 0, 0.2, 90)]],
  )
  expect(metrics.map(({ arm, metric, value, n }) => [arm, metric, value, n])).toEqual([
    ['pggan − dcgan', 'kid-x', 2, 100],
    ['pggan', 'recall-x', expect.closeTo(0.06, 12), 90],
  ])
  expect(metrics[0]!.low).toBeLessThan(-9) // two seeds: t(.975; 1) is 12.7
  expect(metrics[1]!.low).toBe(0) // a recall is not below
  expect(bySeed.columns.slice(-2)).toEqual(['seed 0', 'seed 1'])
  expect(bySeed.cells.map((cells) => cells.slice(-2))).toEqual([
    [1, 3],
    [0.02, 0.1],
  ])
  expect(ctx.warnings).toEqual([])
})

test('what a seed lacks is left out, and said', async () => {
  const both = row('pggan', 'kid-x', 1)
  const { metrics, ctx } = await pool([0, 1], [[both, row('pggan / early', 'kid-x', 0.4)], [both]])
  expect(metrics.map(({ arm }) => arm)).toEqual(['pggan'])
  expect(ctx.warnings).toEqual(['not every seed has kid-x of pggan / early'])
  const { metrics: none } = await pool([0, 1], [[both], [row('pggan', 'kid-x', NaN)]])
  expect(none).toEqual([])
})

test('ranges by name', () => {
  expect(metricRange('pggan', 'share-Normal')).toEqual([0, 1])
  expect(metricRange('pggan − source', 'share-Normal')).toEqual([-Infinity, Infinity])
  expect(metricRange('pggan', 'nearer-to-training-pixels-32x32')).toEqual([0, 1])
  for (const name of [
    'known-shares-recovered',
    'absent-class-missing',
    'near-copy-share-x',
    'near-copy-chance-x',
    'near-copy-rate',
  ])
    expect(metricRange('pggan', name)).toEqual([0, 1])
  expect(metricRange('pggan − source', 'share-total-variation-p')).toEqual([0, 1])
  expect(metricRange('pggan', 'near-copy-below-x')).toEqual([0, Infinity])
  expect(metricRange('pggan', 'leans-to-training-pixels-32x32')).toEqual([0, 1])
  expect(metricRange('pggan', 'fid-principal64-x')).toEqual([0, Infinity])
  expect(metricRange('pggan / pggan-early', 'kid-x')).toEqual([-Infinity, Infinity])
})

test('refusals', async () => {
  await expect(pool([0], [[], []])).rejects.toThrow(/1 for 2 artefacts/)
  await expect(pool([0, 0], [[], []])).rejects.toThrow(/are 0: two or more/)
})
