// Phantom answer 7 with as many films as the document has, 160 a side in 32 dimensions. The document's features are not written
// down and ours need not be theirs, so its figures are compared as multiples of its floor, 13.6. Half a minute of one core.
import { describe, expect, it } from '@jest/globals'
import { mean } from './mean.ts'
import { realismLadder } from './realismLadder.ts'

const found = realismLadder({ seed: 7, n: 160, dims: 32, ways: 20 })
const { floor, deals } = found

describe('Fréchet distance to 160 films, in floors', () => {
  // Floors of other deals spread by 17 %, and seed 11 gives 43: a third either way
  const near = (value: number, floors: number): void => {
    expect(value / floor).toBeGreaterThan(floors / 1.33)
    expect(value / floor).toBeLessThan(floors * 1.33)
  }

  it('the floor is 30, copies are at .0003', () => {
    expect(Math.abs(floor - 30.2)).toBeLessThan(8)
    expect(found.copies).toBeLessThan(floor / 10_000)
  })

  it.each([
    // document: 1.1, 1.7, 3.8, 13; 2.9, 10.6, 29.8: deviations weigh more in its features; 1.4, 5.7, 13.2
    ['blur', [1.1, 1.96, 4.6, 10.7]],
    ['noise', [1.08, 2.8, 22.2]],
    ['collapse', [1.58, 5.7, 14.9]],
  ] as const)('%s: %j', (ladder, floors) => {
    floors.forEach((times, step) => near(found[ladder][step]!, times))
    expect(found[ladder].toSorted((a, b) => a - b)).toEqual(found[ladder])
    expect(found[ladder][0]).toBeGreaterThan(floor)
  })

  it('pieces 23, 20, 20 (document: 20 to 22), noise alone 105 (61)', () => {
    found.shuffle.forEach((distance, i) => near(distance, [23.2, 20.4, 20.5][i]!))
    near(found.uniform, 105)
  })

  it('findings are lost in the floor’s spread: 36.1 with, 33.0 ± 5.5 without (document: 13.7, 13.6)', () => {
    const healthy = deals.map((deal) => deal.healthy)
    const spread = Math.sqrt(mean(healthy.map((v) => (v - mean(healthy)) ** 2)))
    const gain = mean(deals.map(({ ill }) => ill)) - mean(healthy)
    expect(gain).toBeLessThan(spread)
    // On the same patients findings add 9 %, two thirds of them have some: a paired comparison sees what no generator can be given
    expect(mean(deals.map(({ ill, healthy: without }) => ill / without))).toBeLessThan(1.15)
    // a pixel's blur is above every floor
    expect(Math.min(...deals.map(({ blurred }) => blurred))).toBeGreaterThan(Math.max(...healthy))
  })
})

describe('KID', () => {
  const halves = deals.map(({ kernel }) => kernel)

  it('of 20 ways to halve the patients is negative as often as not: 13 times, mean −.006 ± .027', () => {
    const negative = halves.filter((v) => v < 0).length
    expect(negative).toBeGreaterThanOrEqual(4)
    expect(negative).toBeLessThanOrEqual(16)
    expect(Math.abs(mean(halves))).toBeLessThan(0.03)
  })

  it('of copies is −.13, below every half', () => {
    expect(found.kernelOfCopies).toBeLessThan(-0.09)
    expect(found.kernelOfCopies).toBeLessThan(1.5 * Math.min(...halves))
  })
})
