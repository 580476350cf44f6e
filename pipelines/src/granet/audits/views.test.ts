// Figures by view, and the attention that the detector gets: tiny cases whose numbers follow by hand.
import { describe, expect, it } from '@jest/globals'
import type { Network, ScoreRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { attentionLevels } from './attentionLevels.ts'
import { drawAttention } from './drawAttention.ts'
import { run as runAttention } from './drawAttention.run.ts'
import { viewStratified } from './viewStratified.ts'
import { run as runViews } from './viewStratified.run.ts'

const ids = filmIds(6)
const { cohort, labels, split } = cohortTables(ids, {
  partOf: () => 'test',
  having: (i) => i < 2,
  patientOf: (film) => `secret-${film}`,
})
const views = cohort.map((row, i) => ({ ...row, view: i < 3 ? 'PA' : i < 5 ? 'AP' : '' }))
const scores = (values: ReadonlyArray<number>): ReadonlyArray<ScoreRow> =>
  values.map((value, i) => ({ film: ids[i]!, patient: `secret-${ids[i]}`, metric: 'ap', value }))

describe('view-stratified', () => {
  it('means of each view apart, and their paired differences; a film of unknown view counts in neither', async () => {
    const ctx = stageContext()
    const params = defaultsOf(viewStratified, { names: ['a', 'b'], contrasts: ['a − b'], resamples: 50 })
    const arms = [scores([0.3, 0.3, 0.6, 0.1, 0.3, 9]), scores([0.1, 0.1, 0.4, 0.1, 0.3, 9])]
    const { metrics } = await runViews({ params, inputs: { arms, cohort: views }, ctx })
    const of = (arm: string, metric: string) => metrics.find((row) => row.arm === arm && row.metric === metric)!
    expect(of('a', 'ap@PA')).toMatchObject({ n: 3, part: 'test' })
    expect(of('a', 'ap@PA').value).toBeCloseTo(0.4)
    expect(of('a', 'ap@AP')).toMatchObject({ n: 2 })
    expect(of('a', 'ap@AP').value).toBeCloseTo(0.2)
    expect(of('a − b', 'ap@PA').value).toBeCloseTo(0.2)
    expect(of('a − b', 'ap@PA').low).toBeCloseTo(0.2) // every film gains alike
    expect(of('a − b', 'ap@AP').value).toBeCloseTo(0)
    expect(metrics.some(({ metric }) => metric === 'ap@' || metric === 'ap')).toBe(false)
    expect(ctx.warnings).toEqual(['1 of 6 scored films have no known view'])
  })

  it('gives every training seed its own mean: a film marked by one seed alone counts in that seed alone', async () => {
    // seed 0 marks film 2, which has no box; seed 1 does not count it
    const arms = [scores([0.6, 0.6, 0]), scores([0.6, 0.6])]
    const of = async (seeds: number[]) => {
      const params = defaultsOf(viewStratified, { names: ['a', 'a'], seeds, resamples: 400 })
      const { metrics } = await runViews({ params, inputs: { arms, cohort: views }, ctx: stageContext() })
      return metrics.find(({ metric }) => metric === 'ap@PA')!
    }
    // (.4 + .6) / 2; merged into one seed it is .4
    expect((await of([0, 1])).value).toBeCloseTo(0.5)
    expect((await of([])).value).toBeCloseTo(0.4)
    // two seeds that differ on the same films: what training owes to chance is in the interval
    const apart = defaultsOf(viewStratified, { names: ['a', 'a'], seeds: [0, 1], resamples: 400 })
    const inputs = { arms: [scores([0.2, 0.2, 0.2]), scores([0.6, 0.6, 0.6])], cohort: views }
    const { metrics } = await runViews({ params: apart, inputs, ctx: stageContext() })
    expect(metrics[0]).toMatchObject({ metric: 'ap@PA', n: 3 })
    expect(metrics[0]!.high - metrics[0]!.low).toBeGreaterThan(0.1)
  })

  it('leaves out a metric of an arm in which a seed counts no film, and says so', async () => {
    const ctx = stageContext()
    const params = defaultsOf(viewStratified, {
      names: ['a', 'a', 'b', 'b'],
      seeds: [0, 1, 0, 1],
      contrasts: ['a − b'],
      resamples: 50,
    })
    const whole = scores([0.3, 0.3, 0.6, 0.1, 0.3])
    const arms = [whole, scores([0.3, 0.3, 0.6]), whole, whole]
    const { metrics } = await runViews({ params, inputs: { arms, cohort: views }, ctx })
    expect(metrics.map(({ arm, metric }) => `${arm}: ${metric}`)).toEqual(
      expect.arrayContaining(['a: ap@PA', 'b: ap@PA', 'b: ap@AP', 'a − b: ap@PA']),
    )
    expect(metrics.filter(({ arm, metric }) => arm.startsWith('a') && metric.endsWith('@AP'))).toEqual([])
    expect(ctx.warnings).toEqual(['ap@AP of a is left out: seed 1 counts no film of it, others do'])
  })

  it('refuses arms without names, and seeds that are not one each', () => {
    const refused = (own: { names: string[]; seeds?: number[] }) => () =>
      runViews({
        params: defaultsOf(viewStratified, own),
        inputs: { arms: [[], []], cohort: views },
        ctx: stageContext(),
      })
    expect(refused({ names: ['a'] })).toThrow('1 names for 2 arms')
    expect(refused({ names: ['a', 'a'], seeds: [0] })).toThrow('1 seeds for 2 arms')
  })
})

const detector = (attention: object | null): Network => ({
  config: {
    architecture: 'retinanet-resnet18',
    height: 64,
    width: 64,
    levels: [],
    classNames: [],
    positiveClasses: [],
    attention: attention && { by: 'constant', reference: 0.2 },
    network: attention ? { attention } : {},
  },
  tensors: {},
})
/** .1 in the left upper quarter, 0 elsewhere. */
const quarter = Float32Array.from({ length: 32 * 32 }, (_, i) => (i % 32 < 16 && i < 32 * 16 ? 0.1 : 0))

describe('draw-attention', () => {
  it('a residual of .1 against a reference of .2 is .5, at each level that is attended and no other', () => {
    const config = detector({ form: '1+a', levels: [3, 5, 6] }).config as never
    const levels = attentionLevels(quarter, 32, 32, config)
    expect(levels.map(({ level, height, width }) => [level, height, width])).toEqual([
      [3, 8, 8],
      [5, 2, 2],
      [6, 1, 1],
    ])
    expect(levels[0]!.map[0]).toBeCloseTo(0.5)
    expect(levels[0]!.map[4]).toBe(0)
    expect(Array.from(levels[1]!.map, (v) => Number(v.toFixed(3)))).toEqual([0.5, 0, 0, 0])
    expect(levels[2]!.map[0]).toBeCloseTo(0.125) // a quarter of .5
  })

  it('a row a film, a column a level, means inside and outside boxes', async () => {
    const films = filmsInMemory(ids, 64, () => new Float32Array(64 * 64).fill(0.4))
    const residuals = filmsInMemory(ids, 32, () => quarter)
    const boxes = [{ film: ids[0]!, x0: 0, y0: 0, x1: 32, y1: 32, label: 'opacity' }]
    const inputs = { films, residuals, boxes, detector: detector({ form: '1+a', levels: [3, 4] }), labels, split }
    const params = defaultsOf(drawAttention, { positives: 1, negatives: 1 })
    const { figure } = await runAttention({ params, inputs, ctx: stageContext() })
    const svg = new TextDecoder().decode(figure.bytes)
    expect(svg.split('<image ').length - 1).toBe(2 * 3)
    expect(svg).toContain('>P3, 8 × 8 cells<')
    expect(svg).toContain('>in 0.50 · out 0.00<')
    expect(svg).toContain('>mean 0.13<')
    expect(figure.caption).toContain('a change of 0.2')
    expect(svg + figure.caption).not.toContain('secret')
  })

  it('refuses a detector without attention', () => {
    const config = detector(null).config as never
    expect(() => attentionLevels(quarter, 32, 32, config)).toThrow('fitted without attention')
  })
})
