// One hand-made row a rule: a figure from metrics or counts, or the reason why there is none.
import { describe, expect, it } from '@jest/globals'
import type { MetricRow } from '@radiograft/pipeline'
import { figuresText } from './figureText.ts'
import { noCount } from './cohortFacts.ts'
import { ap, chosen, gain } from '../granet/rows/words.ts'
import { ofTest, type PaperRow } from './PaperRow.ts'
import { rowCells, type RunFacts } from './rowCells.ts'

const metric = (arm: string, value: number, more: Partial<MetricRow> = {}): MetricRow => ({
  arm,
  part: 'test',
  metric: 'ap-rsna-0.40:0.75',
  value,
  low: value - 0.1,
  high: value + 0.1,
  n: 250,
  unit: '',
  ...more,
})
const row = (more: Partial<PaperRow>): PaperRow => ({
  id: 'G1',
  says: 'says',
  flag: '',
  here: chosen`done`,
  paper: '',
  ...more,
})
const none: RunFacts = {
  metrics: [],
  counts: {},
  noCount,
  arms: ['plain', 'synthesis'],
  settings: {},
  notBuilt: [],
}
const judged = (given: Partial<PaperRow>, facts: Partial<RunFacts> = {}) => {
  const [line] = rowCells([row(given)], { ...none, ...facts })
  return [line!.state, line!.figure]
}

describe('rowCells', () => {
  const both = [ap('plain'), gain('synthesis − plain')]
  const metrics = [
    metric('plain', 0.5),
    metric('synthesis', 0.6),
    metric('synthesis − plain', 0.1, { low: 0, high: 0.2 }),
  ]

  it('measured: every metric with its interval and n', () => {
    expect(judged({ measures: both }, { metrics })).toEqual([
      'measured',
      'plain 0.500 [0.400, 0.600]; synthesis − plain +0.100 [0.000, 0.200]; n 250 each',
    ])
  })

  it('a name that ends in * is every metric that begins so, each once and in order; without it the one', () => {
    const kid = (name: string, value: number) => metric('plain', value, { metric: `kid-${name}-n250` })
    const rows = [kid('small-cnn', 0.2), kid('mobilenet', 0.5), kid('small-cnn', 0.9), metric('plain', 0.7)]
    expect(judged({ measures: [ofTest('plain', 'kid-*', 'KID')] }, { metrics: rows })).toEqual([
      'measured',
      'KID (kid-small-cnn-n250) 0.200 [0.100, 0.300]; KID (kid-mobilenet-n250) 0.500 [0.400, 0.600]; n 250 each',
    ])
    expect(judged({ measures: [ofTest('plain', 'kid-mobilenet-n250', 'KID')] }, { metrics: rows })[1]).toBe(
      'KID 0.500 [0.400, 0.600], n 250',
    )
  })

  it('names the arms that are not in the run, and keeps what was measured', () => {
    expect(judged({ measures: both }, { metrics: metrics.slice(0, 1) })).toEqual([
      'measured in part',
      'plain 0.500 [0.400, 0.600], n 250. Not yet: no arm “synthesis” in this run',
    ])
    expect(judged({ measures: both })).toEqual(['not yet run', 'no arm “plain”, “synthesis” in this run'])
  })

  it('a number that could not be computed is none, nor is one of another part or metric', () => {
    const wrong = [
      metric('plain', NaN),
      metric('plain', 0.5, { part: 'train' }),
      metric('plain', 0.5, { metric: 'other' }),
    ]
    expect(judged({ measures: [ap('plain')] }, { metrics: wrong })).toEqual([
      'not yet run',
      '“plain” not measured in this run',
    ])
  })

  it('says what a metric needs that is no matter of arms', () => {
    const measures = [{ ...ofTest('graft', 'psnr', 'dB'), needs: 'needs the phantom' }]
    expect(judged({ measures })).toEqual(['not yet run', 'needs the phantom'])
  })

  it('figures in brackets are asked for too', () => {
    const measures = [{ ...ap('plain'), more: ['ap-rsna-0.40', 'ap-rsna-0.60'] }]
    const at = (t: number, value: number) => metric('plain', value, { metric: `ap-rsna-0.${t}0` })
    expect(judged({ measures }, { metrics: [...metrics, at(4, 0.7), at(6, 0.25)] })).toEqual([
      'measured',
      'plain 0.500 [0.400, 0.600] (0.700/0.250), n 250',
    ])
    expect(judged({ measures }, { metrics: [...metrics, at(4, 0.7)] })[0]).toBe('not yet run')
  })

  it('an extra figure is shown, and no row waits for it', () => {
    const extra = { ...ap('plain'), extra: true } as const
    expect(judged({ measures: [extra] })).toEqual(['in this run', 'carried out; no number'])
    expect(judged({ measures: [extra, gain('synthesis − plain')] }, { metrics: [metrics[0]!] })).toEqual([
      'not yet run',
      'no arm “synthesis” in this run; plain 0.500 [0.400, 0.600], n 250',
    ])
  })

  it('whichever arms have a metric, each by its name', () => {
    const share = { ...ap('x', 'leak'), arm: null, as: 'share' } as const
    const found = [metric('by-film', 0.69), metric('common', 0)]
    expect(judged({ measures: [share] }, { metrics: found })).toEqual([
      'measured',
      'leak (by-film) 69.0 %; leak (common) 0.0 %; n 250 each',
    ])
  })

  it('a metric known by its beginning is shown by its whole name', () => {
    const named = [metric('pggan', 0.25, { metric: 'kid-pixels-n90' }), metric('pggan', 0.5, { metric: 'kidney' })]
    expect(judged({ measures: [ofTest('pggan', 'kid-*', 'KID')] }, { metrics: named })).toEqual([
      'measured',
      'KID (kid-pixels-n90) 0.250 [0.150, 0.350], n 250',
    ])
    expect(judged({ measures: [ofTest('pggan', 'fid-*', 'FID')] }, { metrics: named })[0]).toBe('not yet run')
  })

  it('counts are figures, and their absence has a reason', () => {
    expect(judged({ counts: ['films'] }, { counts: { films: '12 films' } })).toEqual(['measured', '12 films'])
    expect(judged({ counts: ['films', 'hosts'] }, { counts: { films: '12 films' } })).toEqual([
      'measured in part',
      '12 films. Not yet: no arm adds films in this run',
    ])
  })

  it('what is not built is not yet run, whatever was measured', () => {
    const notBuilt = [{ row: 'G1', what: 'the rest' }]
    expect(judged({ measures: [ap('plain')] }, { metrics, notBuilt })).toEqual(['not yet run', 'not built: the rest'])
  })

  it('prints the values that stages had, several where arms differ', () => {
    const here = chosen`weight ${'fit-realistic.l1Weight'}, skip ${'fit-realistic.skip'}.`
    const text = (settings: RunFacts['settings']) => rowCells([row({ here })], { ...none, settings })[0]!.here
    expect(text({ 'fit-realistic.l1Weight': [100], 'fit-realistic.skip': [true, false] })).toBe(
      'weight 100, skip on and off.',
    )
    expect(text({ 'fit-realistic.l1Weight': [100] })).toBe('built; no stage of it in this run')
  })
})

it('figuresText: as many digits as the figure is large; n once where all share it', () => {
  const one = (value: number, low = NaN, high = NaN, n = 9) => ({ measure: ofTest('a', 'm', 'l'), value, low, high, n })
  expect(figuresText([one(154.2, 77, Infinity)])).toBe('l 154 [77, ∞], n 9')
  expect(figuresText([one(19.94, 19.1, 20.66)])).toBe('l 19.9 [19.1, 20.7], n 9')
  expect(figuresText([one(0.00172, 0.001, 0.002), one(-0.05)])).toBe('l 0.0017 [0.0010, 0.0020]; l −0.050; n 9 each')
  expect(figuresText([one(0.5), one(0, NaN, NaN, 8)])).toBe('l 0.500, n 9; l 0.000, n 8')
  const difference = { measure: gain('a − b'), value: 0.0002, low: -0.0001, high: 0.01, n: 3 }
  expect(figuresText([difference])).toBe('a − b +0.000 [0.000, 0.010], n 3')
  expect(figuresText([{ ...difference, measure: { ...gain('a − b'), digits: 1 }, value: 3.84 }])).toContain('+3.8 ')
})
