import { describe, expect, test } from '@jest/globals'
import { checkerboarded } from './checkerboarded.ts'
import { collapsed } from './collapsed.ts'
import { criticSaturation } from './criticSaturation.ts'

/** Logs every 100 steps. */
const critic = (separations: readonly number[], gradients: readonly number[]) =>
  separations.map((separation, i) => ({ step: 100 * (i + 1), separation, generatorGradNorm: gradients[i]! }))
const variety = (diversities: readonly number[], recalls: readonly number[]) =>
  diversities.map((diversity, i) => ({ step: 100 * (i + 1), diversity, recall: recalls[i]! }))

describe('criticSaturation', () => {
  const learning = [0.6, 0.8, 0.9, 0.995]
  const full = [1, 0.99, 1]

  test('told apart three times in a row, and the gradient at .05 of 1', () => {
    const got = criticSaturation(critic([...learning, ...full], [1, 1, 2, 0.5, 0.05, 0.01, 0.2]), { window: 3 })
    expect(got).toEqual({
      alarm: true,
      reasons: [
        'from step 500 to 700 at least 0.99 of the pairs are told apart',
        "the generator's gradient norm fell from 1.00 to 0.0500",
      ],
      lastGood: 300,
    })
  })

  test('told apart, but the gradient stands: no alarm, as of a critic with gradient penalty', () => {
    expect(criticSaturation(critic([...learning, ...full], [1, 1, 2, 0.5, 1, 0.9, 1.1]), { window: 3 })).toEqual({
      alarm: false,
      reasons: [],
      lastGood: null,
    })
    // exactly a tenth is not below a tenth
    expect(criticSaturation(critic([...learning, ...full], [1, 1, 1, 1, 0.1, 0.1, 0.1]), { window: 3 }).alarm).toBe(
      false,
    )
  })

  test('a gradient that dies while films are mixed up is none; nor is one log out of the row', () => {
    expect(criticSaturation(critic([0.6, 0.7, 0.6, 0.7, 0.6, 0.5], [1, 1, 1, 0, 0, 0]), { window: 3 }).alarm).toBe(
      false,
    )
    const gap = critic([...learning, 1, 0.98, 1], [1, 1, 1, 1, 0.01, 0.01, 0.01])
    expect(criticSaturation(gap, { window: 3 }).alarm).toBe(false)
  })

  test('too early to say with less than two windows; what is not finite says it at once', () => {
    expect(criticSaturation([])).toEqual({ alarm: false, reasons: [], lastGood: null })
    expect(criticSaturation(critic([0.6, 0.6, 1, 1, 1], [1, 1, 0, 0, 0]), { window: 3 }).alarm).toBe(false)
    expect(criticSaturation(critic([0.6, 0.7], [1, Number.NaN]))).toEqual({
      alarm: true,
      reasons: ['at step 200 a logged number is not finite'],
      lastGood: 100,
    })
  })

  test('refusals', () => {
    expect(() => criticSaturation(critic([1.5], [1]))).toThrow(/separation 1.5 at step 100/)
    expect(() => criticSaturation(critic([0.5], [1]), { window: 0 })).toThrow(/window/)
    expect(() => criticSaturation([...critic([0.5, 0.5], [1, 1])].toReversed())).toThrow(/step 100 follows step 200/)
    expect(() => criticSaturation([], { separation: 0.2 })).toThrow(expect.objectContaining({ _tag: 'MetricError' }))
  })
})

describe('collapsed', () => {
  const real = { diversity: 0.6, recall: 0.8 } // so below .3 and below .08

  test('one film again and again: no diversity, no recall', () => {
    expect(collapsed(variety([0.5, 0.4, 0, 0, 0], [0.5, 0.07, 0, 0, 0]), real)).toEqual({
      alarm: true,
      reasons: [
        'diversity is 0.00 at most since step 300, of real films 0.600',
        'recall is 0.00 at most since step 300, of real films 0.800',
      ],
      lastGood: 100,
    })
  })

  test('either alone is enough; the limit itself is not below it', () => {
    expect(collapsed(variety([0.29, 0.1, 0.2], [0.5, 0.5, 0.5]), real).reasons).toEqual([
      'diversity is 0.290 at most since step 100, of real films 0.600',
    ])
    expect(collapsed(variety([0.5, 0.5, 0.5], [0.07, 0.01, 0.02]), real).reasons).toEqual([
      'recall is 0.0700 at most since step 100, of real films 0.800',
    ])
    expect(collapsed(variety([0.3, 0.1, 0.2], [0.5, 0.5, 0.5]), real).alarm).toBe(false)
  })

  test('low twice is not three times, nor low in turns', () => {
    expect(collapsed(variety([0.5, 0.1, 0.1], [0.5, 0.5, 0.5]), real)).toEqual({
      alarm: false,
      reasons: [],
      lastGood: null,
    })
    expect(collapsed(variety([0.1, 0.1], [0, 0]), real).alarm).toBe(false)
    expect(collapsed(variety([0.1, 0.5, 0.1], [0.5, 0, 0.5]), real).alarm).toBe(false)
  })

  test('refusals', () => {
    expect(() => collapsed([], { diversity: 0, recall: 1 })).toThrow(/real/)
    expect(() => collapsed(variety([Number.NaN], [0]), real)).toThrow(/step 100 has a number/)
    expect(() => collapsed([], real, { recallShare: 1 })).toThrow(/recallShare/)
  })
})

describe('checkerboarded', () => {
  const real = { peak: 1.5 } // so above 4.5
  const boards = (peaks: readonly number[], rms: number) => peaks.map((peak, i) => ({ step: 100 * (i + 1), peak, rms }))

  test('a peak three times that of real films, three times in a row', () => {
    expect(checkerboarded(boards([2, 4.6, 50, 9], 0.01), real)).toEqual({
      alarm: true,
      reasons: [
        'the pattern stands 4.60 times above the frequencies around it or more since step 200, in real films 1.50 times',
      ],
      lastGood: 100,
    })
    expect(checkerboarded(boards([2, 4.5, 50, 9], 0.01), real)).toEqual({ alarm: false, reasons: [], lastGood: null })
    expect(checkerboarded(boards([50, 9], 0.01), real).alarm).toBe(false)
  })

  test('a pattern that no grey value shows is none', () => {
    expect(checkerboarded(boards([9, 9, 9], 0.0009), real).alarm).toBe(false)
    expect(checkerboarded(boards([9, 9, 9], 0.001), real).alarm).toBe(true)
    expect(checkerboarded(boards([Infinity, Infinity, Infinity], 0.001), real).alarm).toBe(true)
  })

  test('refusals', () => {
    expect(() => checkerboarded(boards([Number.NaN], 1), real)).toThrow(/step 100/)
    expect(() => checkerboarded([], { peak: Infinity })).toThrow(/real/)
    expect(() => checkerboarded([], real, { times: 1 })).toThrow(/times/)
  })
})
