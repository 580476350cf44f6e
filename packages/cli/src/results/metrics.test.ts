import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import type { MetricRow } from '@radiograft/pipeline'
import { paintFor } from '../text/paint.ts'
import { mainMetrics } from './mainMetrics.ts'
import { metricsJson, metricsRecord } from './metricsRecord.ts'
import { metricsTable } from './metricsTable.ts'
import { verdictLines } from './verdictLines.ts'

const row = (arm: string, part: string, metric: string, value: number, more: Partial<MetricRow> = {}): MetricRow => ({
  arm,
  part,
  metric,
  value,
  low: value - 0.125,
  high: value + 0.125,
  n: 250,
  unit: '',
  ...more,
})
const rows = [
  row('plain', 'test', 'ap-rsna-0.40:0.75', 0.25),
  row('attention − plain', 'test', 'ap-rsna-0.40:0.75', 0.0625, { low: Number.NaN, high: Infinity }),
  row('attention', 'validation', 'threshold', 0.5, { n: 100, unit: 'score' }),
]

it('metrics.json: keys sorted, value, interval, n and unit; null for what cannot be given', () => {
  expect(metricsJson(rows)).toBe(`{
  "attention − plain/test/ap-rsna-0.40:0.75": {
    "value": 0.0625,
    "low": null,
    "high": null,
    "n": 250,
    "unit": ""
  },
  "attention/validation/threshold": {
    "value": 0.5,
    "low": 0.375,
    "high": 0.625,
    "n": 100,
    "unit": "score"
  },
  "plain/test/ap-rsna-0.40:0.75": {
    "value": 0.25,
    "low": 0.125,
    "high": 0.375,
    "n": 250,
    "unit": ""
  }
}
`)
})

it('is the same text whatever the order of the rows', () => {
  expect(metricsJson(rows.toReversed())).toBe(metricsJson(rows))
})

it('two metrics of one name are both kept', () => {
  const twice = [row('a', 'test', 'm', 1), row('a', 'test', 'm', 2), row('a', 'test', 'm', 3)]
  expect(Object.entries(metricsRecord(twice)).map(([name, { value }]) => [name, value])).toEqual([
    ['a/test/m', 1],
    ['a/test/m#2', 2],
    ['a/test/m#3', 3],
  ])
})

it('the table: one block an arm, aligned; an arm may hold slashes', () => {
  const table = metricsTable(metricsRecord([...rows, row('a/b', 'test', 'm', 12)]), paintFor(false))
  expect(table).toEqual([
    '  part        metric              value  95 % interval       n  unit',
    'a/b',
    '  test        m                      12  [11.88, 12.13]    250',
    'attention − plain',
    '  test        ap-rsna-0.40:0.75  0.0625                    250',
    'attention',
    '  validation  threshold          0.5000  [0.3750, 0.6250]  100  score',
    'plain',
    '  test        ap-rsna-0.40:0.75  0.2500  [0.1250, 0.3750]  250',
  ])
})

it('colours only when told to', () => {
  const plain = metricsTable(metricsRecord(rows), paintFor(false)).join('\n')
  const coloured = metricsTable(metricsRecord(rows), paintFor(true)).join('\n')
  expect(plain).not.toContain('\u001B')
  expect(stripVTControlCharacters(coloured)).toBe(plain)
  expect(coloured).not.toBe(plain)
})

describe('what a run prints at its end', () => {
  const of = (arms: ReadonlyArray<string>, metric: string) => arms.map((arm) => row(arm, 'test', metric, 1))
  const many = [...of(['a', 'b'], 'ap-50'), ...of(['a', 'b'], 'ap'), ...of(['a', 'b'], 'ap-x'), ...of(['a'], 'det')]
  const named = (rows: ReadonlyArray<MetricRow>) => rows.map(({ arm, metric }) => `${arm} ${metric}`)

  it('the metrics that most arms share, first the one that others are variants of, each whole', () => {
    expect(named(mainMetrics([many], 3))).toEqual(['a ap', 'b ap'])
    expect(named(mainMetrics([many], 4))).toEqual(['a ap-50', 'b ap-50', 'a ap', 'b ap'])
    expect(named(mainMetrics([many], 99))).toHaveLength(7)
    expect(named(mainMetrics([many], 1))).toEqual(['a ap'])
    // where they cannot all stand there, what the claims are about: control, arm, difference
    const arms = ['a', 'b', 'b − a', 'c', 'd', 'd − c'].map((arm) => row(arm, 'test', 'ap', 1))
    const claims = {
      title: '',
      rows: '',
      columns: ['claim', 'arm'],
      cells: [
        ['more', 'd − c'],
        ['untested', ''],
      ],
    }
    expect(named(mainMetrics([arms], 4, [claims]))).toEqual(['c ap', 'd ap', 'd − c ap', 'a ap'])
  })
  it('of the first metrics that there are, the test part', () => {
    expect(mainMetrics([[], rows, [row('z', 'test', 'q', 1)]], 5)).toEqual(rows.slice(0, 2))
    expect(mainMetrics([[row('a', 'train', 'm', 1)]], 5)).toHaveLength(1)
    expect(mainMetrics([], 5)).toEqual([])
  })
  it('the verdicts of a study', () => {
    const table = {
      title: 'Verdicts',
      rows: 'G24',
      columns: ['rows', 'claim', 'ours', 'verdict'],
      cells: [
        ['G24', 'attention helps', '+0.010 [-0.020, 0.040]', 'cannot tell'],
        ['G25', 'it is not the boxes', '+0.100 [0.050, 0.150]', 'reproduced'],
      ],
      note: 'One seed.',
    }
    expect(verdictLines([{ ...table, columns: ['a', 'b', 'c', 'd'] }, table], paintFor(false))).toEqual([
      'Verdicts',
      '  cannot tell  attention helps      +0.010 [-0.020, 0.040]',
      '  reproduced   it is not the boxes  +0.100 [0.050, 0.150]',
      '  One seed.',
    ])
  })
  it('a claim of which no arm was run was not tested, here as on the page', () => {
    const columns = ['claim', 'ours, 95 %', 'gain', 'verdict']
    const cells = [
      ['attention helps', '+0.010', 0.01, 'cannot tell'],
      ['synthesis helps', 'no arm of it in this run', null, 'cannot tell'],
    ]
    expect(verdictLines([{ title: 'Verdicts', rows: '', columns, cells }], paintFor(false))).toEqual([
      'Verdicts',
      '  cannot tell  attention helps  +0.010',
      '  not tested   synthesis helps  no arm of it in this run',
    ])
  })
})
