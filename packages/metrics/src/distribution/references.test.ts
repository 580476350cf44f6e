import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { compareFigures } from './compareFigures.ts'
import type { FeatureMeasure } from './featureMeasure.ts'
import { normalRows, setOf } from './fixtures/samples.ts'
import { frechetMeasure } from './frechetMeasure.ts'
import { kernelMeasure } from './kernelMeasure.ts'
import { manifoldMeasure } from './manifoldMeasure.ts'
import { measureFeatures } from './measureFeatures.ts'
import { halves, realFloor } from './realFloor.ts'
import { memoriser, references } from './references.ts'

const one = [1, 1, 1, 1]
const real = setOf(normalRows('real', 400, one), 'real', 2)

describe('realFloor', () => {
  test('no patient is on both sides, no film comes twice', () => {
    for (let s = 0; s < 20; s++) {
      const [a, b] = halves(real.units, 150, rng(s))
      expect(new Set([...a, ...b]).size).toBe(300)
      const left = new Set(a.map((row) => real.units[row]!))
      expect(b.filter((row) => left.has(real.units[row]!))).toEqual([])
    }
  })
  test('FID’s bias at this N: (1/N)·[3·4 + 12/2], and KID has none', () => {
    const floor = realFloor(frechetMeasure(), real, 150, rng(1), { splits: 40 })
    expect(floor).toMatchObject({ protocol: 'fid', n: 150 })
    expect(floor.values).toHaveLength(40)
    expect(floor.mean).toBeGreaterThan(0.75 * (18 / 150))
    expect(floor.mean).toBeLessThan(1.25 * (18 / 150))
    expect(realFloor(frechetMeasure(), real, 50, rng(1)).mean).toBeGreaterThan(2 * floor.mean)
    const kid = realFloor(kernelMeasure, real, 150, rng(1), { splits: 40 })
    expect(Math.abs(kid.mean)).toBeLessThan(kid.spread)
  })
  test('the same seed, the same floor', () => {
    expect(realFloor(kernelMeasure, real, 20, rng(5))).toEqual(realFloor(kernelMeasure, real, 20, rng(5)))
    expect(realFloor(kernelMeasure, real, 20, rng(5))).not.toEqual(realFloor(kernelMeasure, real, 20, rng(6)))
  })
  test('refusals', () => {
    expect(() => realFloor(kernelMeasure, real, 201, rng(1))).toThrow(/200 patients with 400 films leave 200/)
    expect(() => realFloor(kernelMeasure, real, 20, rng(1), { splits: 1 })).toThrow(/2 or more/)
  })
})

describe('references', () => {
  const training = setOf(normalRows('training', 120, one), 'training')
  const heldOut = setOf(normalRows('held out', 100, one), 'held out')
  const figures = (measure: FeatureMeasure) => references(measure, { training, heldOut }, 80, rng(2), { resamples: 40 })

  test('stand beside a generator’s figure at its n', () => {
    const fake = setOf(normalRows('fake', 80, one, 0.8), 'fake')
    const figure = measureFeatures(frechetMeasure(), heldOut, fake, rng(9), { resamples: 40 })
    const { floor, memoriser: replay, memoriserOnTraining } = figures(frechetMeasure())
    expect(figure.n).toEqual({ real: 100, fake: 80 })
    expect(compareFigures(figure, floor)).toBeGreaterThan(1)
    expect(compareFigures(figure, replay)).toBeGreaterThan(1)
    // against the films that it replays a memoriser looks better than real films do
    expect(memoriserOnTraining.value).toBeLessThan(floor.value)
    expect(memoriserOnTraining.n).toEqual({ real: 120, fake: 80 })
  })
  test('every replayed film is a training film: precision 1 on them', () => {
    expect(figures(manifoldMeasure('precision')).memoriserOnTraining.value).toBe(1)
    const films = memoriser(training, 500, rng(1))
    const rows = new Set(Array.from({ length: 120 }, (_, i) => training.values.subarray(4 * i, 4 * i + 4).join()))
    for (let i = 0; i < 500; i++) expect(rows.has(films.values.subarray(4 * i, 4 * i + 4).join())).toBe(true)
    expect(new Set(films.units).size).toBeGreaterThan(100)
  })
  test('refusals', () => {
    const leak = { ...heldOut, units: heldOut.units.with(3, 'training 5') }
    expect(() => references(kernelMeasure, { training, heldOut: leak }, 80, rng(1))).toThrow(/1 of its units/)
    expect(() => references(kernelMeasure, { training, heldOut }, 121, rng(1))).toThrow(/from 1 to 120/)
  })
})
