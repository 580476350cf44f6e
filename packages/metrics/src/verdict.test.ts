import { expect, test } from '@jest/globals'
import { filmsToTell, verdict } from './verdict.ts'

const gain = { claim: 'greater', paperGap: 0.1, seeds: 5 } as const

test.each([
  ['above zero', { ...gain, low: 0.02, high: 0.09 }, 'holds'],
  ['above zero but wider than the gain', { ...gain, low: 0.02, high: 0.13 }, 'cannot tell'],
  ['zero inside, the gain outside', { ...gain, low: -0.02, high: 0.05 }, 'fails'],
  ['zero inside, the gain inside', { ...gain, low: -0.02, high: 0.12 }, 'cannot tell'],
  ['zero and the gain are the ends', { ...gain, low: 0, high: 0.1 }, 'cannot tell'],
  ['below zero', { ...gain, low: -0.09, high: -0.01 }, 'fails'],
  ['one seed, however clear', { ...gain, low: 0.05, high: 0.06, seeds: 1 }, 'cannot tell'],
  ['a loss that falls', { claim: 'less', paperGap: -0.1, seeds: 3, low: -0.08, high: -0.01 }, 'holds'],
  ['a loss that rises', { claim: 'less', paperGap: -0.1, seeds: 3, low: 0.01, high: 0.05 }, 'fails'],
  ['no figure, above zero', { ...gain, paperGap: null, low: 0.2, high: 0.9 }, 'holds'],
  ['no figure, below zero', { ...gain, paperGap: null, low: -0.2, high: -0.1 }, 'fails'],
  ['no figure, zero inside', { ...gain, paperGap: null, low: -0.2, high: 0.9 }, 'cannot tell'],
  [
    'attention in Table 1: .002 can hardly be resolved',
    { ...gain, paperGap: 0.002, low: 0.01, high: 0.05 },
    'cannot tell',
  ],
] as const)('%s', (_, contrast, expected) => expect(verdict(contrast)).toBe(expected))

test('films that would tell: width falls as 1/√films', () => {
  expect(filmsToTell({ low: -0.1, high: 0.1, films: 100, paperGap: 0.1 })).toBe(400)
  expect(filmsToTell({ low: -0.1, high: 0.1, films: 100, paperGap: -0.05 })).toBe(1600)
  expect(filmsToTell({ low: -0.1, high: 0.1, films: 100, paperGap: null })).toBeNull()
})

test('films that would tell where seeds have a share: they do not shrink', () => {
  const contrast = { low: -0.1, high: 0.1, films: 100, paperGap: 0.1 }
  // variance is to fall to ¼; of it .15 is the seeds', so .85 is to fall to .10
  expect(filmsToTell({ ...contrast, seedShare: 0.15 })).toBe(850)
  expect(filmsToTell({ ...contrast, seedShare: 0.25 })).toBe(Infinity)
  expect(filmsToTell({ ...contrast, seedShare: 1 })).toBe(Infinity)
  expect(filmsToTell({ ...contrast, paperGap: 0.2, seedShare: 0.5 })).toBe(100)
})

test('refusals', () => {
  expect(() => verdict({ ...gain, low: 1, high: 0 })).toThrow(/not an interval/)
  expect(() => verdict({ ...gain, low: Number.NaN, high: 0 })).toThrow(/not an interval/)
  expect(() => verdict({ ...gain, paperGap: -0.1, low: 0, high: 1 })).toThrow(/contradicts/)
})
