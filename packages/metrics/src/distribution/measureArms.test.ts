import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import type { FeatureSet } from './extractor.ts'
import { normalRows, setOf } from './fixtures/samples.ts'
import { frechetMeasure } from './frechetMeasure.ts'
import { IncomparableFiguresError } from './IncomparableFiguresError.ts'
import { kernelMeasure } from './kernelMeasure.ts'
import { measureArms, type ArmContrast } from './measureArms.ts'

const deviations = [1, 1, 1, 1]
const real = setOf(normalRows('real', 60, deviations), 'patient')
const arm = (name: string, shift: number, films = 60): FeatureSet =>
  setOf(normalRows(name, films, deviations, shift), name)
const arms = new Map([
  ['near', arm('near', 0.5)],
  ['far', arm('far', 1)],
  ['same', arm('same', 0)],
])
const contrast = (a: string, how: ArmContrast['how'], b: string): ArmContrast => ({ a, b, how })

describe('measureArms', () => {
  const { figures, contrasts } = measureArms(
    kernelMeasure,
    real,
    arms,
    [contrast('near', 'difference', 'far'), contrast('near', 'ratio', 'far'), contrast('far', 'ratio', 'same')],
    rng(3),
    { resamples: 300 },
  )

  test('figures are those of each arm alone', () => {
    for (const [name, figure] of figures) {
      expect(figure.value).toBe(kernelMeasure.value(real, arms.get(name)!))
      expect(figure.metric).toBe('kid-test-n60')
      expect(figure.low < figure.value && figure.value < figure.high).toBe(true)
    }
    expect([...figures.keys()]).toEqual(['near', 'far', 'same'])
  })

  test('a difference and a ratio of the values, with intervals about them', () => {
    const [near, far] = [figures.get('near')!.value, figures.get('far')!.value]
    const [difference, ratio, none] = contrasts
    expect(difference!.value).toBeCloseTo(near - far, 12)
    expect(difference!.high).toBeLessThan(0)
    expect(ratio!.value).toBeCloseTo(near / far, 12)
    expect(ratio!.low < ratio!.value! && ratio!.value! < ratio!.high).toBe(true)
    expect(ratio!.high).toBeLessThan(0.7)
    // KID of films of one law straddles 0: nothing is a multiple of it
    expect(none).toMatchObject({ value: null, low: NaN, high: NaN })
  })

  test('the real films of a resample are the same in both arms: 15 of them against 100 hardly count in a difference', () => {
    const few = setOf(normalRows('few', 15, deviations, 0.8), 'patient')
    const two = new Map(['a', 'b'].map((name) => [name, arm(name, 0, 100)] as const))
    const found = measureArms(kernelMeasure, few, two, [contrast('a', 'difference', 'b')], rng(3), { resamples: 200 })
    const width = ({ low, high }: { low: number; high: number }): number => high - low
    const [a, b] = [found.figures.get('a')!, found.figures.get('b')!]
    expect(width(found.contrasts[0]!)).toBeLessThan(0.6 * Math.hypot(width(a), width(b)))
    // one set under two names differs by what its own films vary: they are drawn apart
    const twice = new Map(['a', 'b'].map((name) => [name, two.get('a')!] as const))
    const same = measureArms(kernelMeasure, few, twice, [contrast('a', 'difference', 'b')], rng(3), { resamples: 200 })
    expect(same.contrasts[0]!.value).toBe(0)
    expect(width(same.contrasts[0]!)).toBeGreaterThan(0.5 * width(found.contrasts[0]!))
  })

  test('refusals: an arm that is not there, another extractor, other n where it biases', () => {
    const run = (measure = kernelMeasure, given: ReadonlyMap<string, FeatureSet> = arms, b = 'far') =>
      measureArms(measure, real, given, [contrast('near', 'difference', b)], rng(1), { resamples: 5 })
    expect(() => run(kernelMeasure, arms, 'nobody')).toThrow(/no arm nobody; there are near, far, same/)
    const other = { ...arm('far', 1), extractor: { ...real.extractor, name: 'other' } }
    expect(() => run(kernelMeasure, new Map([...arms, ['far', other]]))).toThrow(IncomparableFiguresError)
    const fewer = new Map([...arms, ['far', arm('far', 1, 50)]])
    expect(run(kernelMeasure, fewer).contrasts[0]!.value).toBeLessThan(0)
    expect(() => run(frechetMeasure(), fewer)).toThrow(/n: 60 real and 60 fake films and 60 real and 50 fake films/)
  })
})
