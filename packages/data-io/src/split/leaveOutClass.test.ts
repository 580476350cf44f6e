import { expect, test } from '@jest/globals'
import { leaveOutClass } from './leaveOutClass.ts'

const rows = [
  { film: 'a', part: 'train' },
  { film: 'b', part: 'train' },
  { film: 'c', part: 'validation' },
  { film: 'd', part: 'test' },
  { film: 'e', part: 'test' },
]
const films = (made: ReadonlyArray<{ readonly film: string }>): string => made.map(({ film }) => film).join('')

test('out of training alone, and out of every part', () => {
  const { split, rest } = leaveOutClass(rows, new Set(['b', 'c', 'e']))
  expect(films(split)).toBe('acde')
  expect(films(rest)).toBe('ad')
  expect(split.map(({ part }) => part)).toEqual(['train', 'validation', 'test', 'test'])
})

test('nothing left to train on', () =>
  expect(() => leaveOutClass(rows, new Set(['a', 'b']))).toThrow(
    expect.objectContaining({
      _tag: 'SplitError',
      reason: 'empty-part',
      message: expect.stringContaining('Leave out another'),
    }),
  ))
