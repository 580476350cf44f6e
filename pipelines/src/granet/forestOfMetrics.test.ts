import { describe, expect, it } from '@jest/globals'
import { armNames, contrasts, mainArms } from './arms.ts'
import { forestOfMetrics } from './forestOfMetrics.ts'

describe('forestOfMetrics', () => {
  const row = { part: 'test', low: 0.1, high: 0.3, n: 9, unit: '' }
  const main = 'ap-rsna-0.40:0.75'

  it('tells arms and differences apart, keeps the order asked for, and sets the paper’s figures beside its metric', () => {
    const { values, differences } = forestOfMetrics(
      [
        { ...row, arm: 'plain', metric: 'ap-rsna-0.50', value: 0.3 },
        { ...row, arm: 'plain', metric: main, value: 0.2 },
        { ...row, arm: 'attention − plain', metric: main, value: 0.15 },
        { ...row, arm: 'plain', metric: 'false-alarm-rate', value: 0.2 },
        { ...row, arm: 'plain', part: 'validation', metric: main, value: 0.9 },
      ],
      [main, 'ap-rsna-0.50'],
    )
    expect(values).toEqual([
      { label: 'plain, AP 0.40:0.75', value: 0.2, low: 0.1, high: 0.3, n: 9, reference: 0.24, primary: true },
      { label: 'plain, AP 0.50', value: 0.3, low: 0.1, high: 0.3, n: 9, primary: false },
    ])
    expect(differences).toMatchObject([{ label: 'attention − plain, AP 0.40:0.75', reference: 0.002 }])
  })

  it('leaves out an interval that is not known, and a value that is none', () => {
    const { values } = forestOfMetrics(
      [
        { ...row, arm: 'a', metric: main, value: 0.2, low: NaN, high: NaN },
        { ...row, arm: 'b', metric: main, value: NaN },
      ],
      [main],
    )
    expect(values).toEqual([{ label: 'a, AP 0.40:0.75', value: 0.2, n: 9, primary: true }])
  })

  it('draws every arm in the first metric, the main ones alone in the others, and heads groups where arms are many', () => {
    const arms = [...armNames, ...contrasts]
    const { values, differences } = forestOfMetrics(
      // in whatever order they come
      [main, 'ap-rsna-0.50'].flatMap((metric) => arms.toReversed().map((arm) => ({ ...row, arm, metric, value: 0.2 }))),
      [main, 'ap-rsna-0.50'],
    )
    expect(values).toHaveLength(armNames.length + mainArms.length)
    // the five that settle the claims are between main arms
    expect(differences).toHaveLength(contrasts.length + 5)
    expect(values.filter(({ primary }) => primary).map(({ label }) => label)).toEqual(mainArms)
    expect(values.map(({ heading }) => heading).filter(Boolean)).toEqual([
      'AP 0.40:0.75: the question',
      'AP 0.40:0.75: what attention is owed to',
      'AP 0.40:0.75: what synthesis is owed to',
      'AP 0.40:0.75: alignment',
      'AP 0.40:0.75: split by film',
      'AP 0.40:0.75: detector and generator in turn',
      'AP 0.40:0.75: few positive films',
      'AP 0.50: the question',
    ])
    // `plain − unaligned` stands between the main contrasts and those of attention, which come in one group each
    expect(differences.map(({ heading }) => heading).filter(Boolean)).toEqual([
      'AP 0.40:0.75: the question',
      'AP 0.40:0.75: alignment',
      'AP 0.40:0.75: split by film',
      'AP 0.40:0.75: what attention is owed to',
      'AP 0.40:0.75: what synthesis is owed to',
      'AP 0.40:0.75: detector and generator in turn',
      'AP 0.40:0.75: few positive films',
      'AP 0.40:0.75: against baselines',
      'AP 0.50: the question',
    ])
  })
})
