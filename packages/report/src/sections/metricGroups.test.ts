import { expect, test } from '@jest/globals'
import { type MetricRow, metricRow } from '@radiograft/pipeline'
import { metricGroups, rowKey } from './metricGroups.ts'

const row = (arm: string, metric: string, value = 1, unit = ''): MetricRow =>
  metricRow({ arm, metric, value, n: 1, unit })
const names = (groups: ReturnType<typeof metricGroups>['arms']): ReadonlyArray<string> =>
  groups.map(({ name, rows }) => `${name}: ${rows.map(({ arm, metric }) => `${arm}/${metric}`).join(' ')}`)

test('arms side by side, differences apart, the rest by arm', () => {
  const { arms, differences, single, detectable } = metricGroups([
    row('a', 'ap'),
    row('a', 'own'),
    row('b', 'ap'),
    row('a − b', 'ap', 0.1),
    row('a − b', 'ap-smallest-detectable', 0.3),
    row('c', 'psnr', 24, 'dB'),
  ])
  expect(names(arms)).toEqual(['ap: a/ap b/ap'])
  expect(names(differences)).toEqual(['ap: a − b/ap'])
  expect(names(single)).toEqual(['a: a/own', 'c: c/psnr'])
  expect([...detectable]).toEqual([[rowKey(row('a − b', 'ap')), 0.3]])
})

test('one metric in two units is two groups, and no row is lost', () => {
  const rows = [
    row('a', 'd', 1, 'px'),
    row('b', 'd', 1, 'px'),
    row('c', 'd', 1, 'mm'),
    row('a − b', 'x-smallest-detectable'),
  ]
  const { arms, differences, single, detectable } = metricGroups(rows)
  expect(names(arms)).toEqual(['d: a/d b/d'])
  expect(names(single)).toEqual(['c: c/d'])
  // without its difference it is a row like any other
  expect(names(differences)).toEqual(['x-smallest-detectable: a − b/x-smallest-detectable'])
  expect(detectable.size).toBe(0)
})

test('an arm that has one metric in two parts does not stand beside itself', () => {
  const { arms, single } = metricGroups([row('a', 'ap'), { ...row('a', 'ap'), part: 'validation' }])
  expect(arms).toEqual([])
  expect(names(single)).toEqual(['a: a/ap a/ap'])
})
