import { expect, it } from '@jest/globals'
import { alignColumns } from './alignColumns.ts'
import { formatBytes } from './formatBytes.ts'
import { formatNumber } from './formatNumber.ts'
import { formatSeconds } from './formatSeconds.ts'
import { paintFor } from './paint.ts'

it('durations', () => {
  const texts: ReadonlyArray<readonly [number, string]> = [
    [0.04, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.6, '1 h 00 min'],
    [11400, '3 h 10 min'],
    [47.9 * 3600, '47 h 54 min'],
    [127 * 3600, '5 d 07 h'],
  ]
  for (const [seconds, text] of texts) expect(formatSeconds(seconds)).toBe(text)
})

it('sizes', () => {
  expect([1, 999_000, 1e6, 340e6, 6.99e9, 99.94e9, 290.4e9].map(formatBytes)).toEqual([
    '1 kB',
    '999 kB',
    '1 MB',
    '340 MB',
    '7.0 GB',
    '99.9 GB',
    '290 GB',
  ])
})

it('numbers of metrics', () => {
  expect(
    [0, 3, -2, 0.5, 0.00001234, 12.345, 99999.4, 1234567.8, 1e12, null, Number.NaN, -Infinity].map(formatNumber),
  ).toEqual(['0', '3', '-2', '0.5000', '1.234e-5', '12.35', '99999', '1.235e+6', '1.000e+12', '–', '–', '−∞'])
})

it('columns: by their widest cell, to the left or right, no space at the end', () => {
  expect(
    alignColumns(
      [
        ['a', '1', 'x'],
        ['bcd', '22', ''],
        ['µ…', '333'],
      ],
      ['left', 'right'],
    ),
  ).toEqual(['a      1  x', 'bcd   22', 'µ…   333'])
  expect(alignColumns([])).toEqual([])
})

it('paint, or none', () => {
  expect(paintFor(true).red('x')).toBe('\u001B[31mx\u001B[39m')
  expect(paintFor(false).red('x')).toBe('x')
})
