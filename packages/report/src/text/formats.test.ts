import { expect, test } from '@jest/globals'
import { formatBytes } from './formatBytes.ts'
import { decimalsFor, formatNumber } from './formatNumber.ts'
import { formatSeconds } from './formatSeconds.ts'
import { shortDigest } from './shortDigest.ts'
import { count, valueText } from './words.ts'

test.each([
  [NaN, undefined, '–'],
  [Infinity, undefined, '∞'],
  [-Infinity, undefined, '−∞'],
  [0, undefined, '0'],
  [-0.0004, 3, '0.000'],
  [-0.25, undefined, '−0.25'],
  [0.224, 3, '0.224'],
  [26_684, undefined, '26,684'],
  [1234, undefined, '1234'],
  [12_345.6, 1, '12,345.6'],
  [1 / 3, undefined, '0.3333'],
  [1e-9, undefined, '1.00e−9'],
  [3e12, undefined, '3.00e12'],
])('%d with %p digits is %s', (value, decimals, text) => {
  expect(formatNumber(value, decimals)).toBe(text)
})

test('decimals show three digits of the largest', () => {
  expect(decimalsFor([0.21, 0.18, NaN])).toBe(3)
  expect(decimalsFor([0.0123, -0.02])).toBe(4)
  expect(decimalsFor([24.81, 1.2])).toBe(1)
  expect(decimalsFor([812.5])).toBe(0)
  expect(decimalsFor([3, 700])).toBe(0)
  expect(decimalsFor([NaN])).toBe(0)
})

test('bytes', () => {
  expect([0, 999, 1000, 999_950, 13_107_200, 7e9].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.0 MB',
    '13.1 MB',
    '7.0 GB',
  ])
})

test('seconds', () => {
  expect([0.034, 7.23, 9.96, 59.4, 59.6, 200, 3599.7, 7500].map(formatSeconds)).toEqual([
    '0.03 s',
    '7.2 s',
    '10 s',
    '59 s',
    '1 min 00 s',
    '3 min 20 s',
    '1 h 00 min',
    '2 h 05 min',
  ])
})

test('words', () => {
  expect(shortDigest('0123456789abcdef')).toBe('0123456789ab')
  expect([count(1, 'stage'), count(0, 'stage'), count(2, 'box', 'boxes')]).toEqual(['1 stage', '0 stages', '2 boxes'])
  expect(['a', 3, true, [1, 2], null, undefined].map(valueText)).toEqual([
    'a',
    '3',
    'true',
    '[1,2]',
    'null',
    'undefined',
  ])
})
