import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { compareScores } from '../compareScores.ts'
import { armsOf } from './armsOf.ts'
import { compareRuns } from './compareRuns.ts'
import type { ScoredPart } from './compareRuns.ts'
import { directionOf } from './directionOf.ts'

const row = (film: string, value: number, metric = 'ap', patient = `p-${film}`) => ({ film, patient, metric, value })
const part = (rows: ScoredPart['rows'], given: Partial<ScoredPart> = {}): ScoredPart => ({
  rows,
  seen: [],
  films: new Map(rows.map(({ film }) => [film, `known ${film}`])),
  ...given,
})
const trained = (...films: ReadonlyArray<string>) =>
  films.map((film) => ({ product: 'detector', film, patient: `p-${film}`, role: 'training' as const }))

describe('paired', () => {
  const a = [row('1', 0.5), row('2', 0.7), row('3', 0.9)]
  const b = [row('1', 0.25), row('2', 0.45), row('3', 0.65)]
  const against = (first: ScoredPart['rows'], second: ScoredPart['rows']) =>
    compareRuns([{ arm: 'x', parts: [part(first)] }], [{ arm: 'x', parts: [part(second)] }]).paired[0]!

  test('a constant loss on five patients cannot tell, however many films; on six it is worse', () => {
    const films = (n: number, value: number, patients = n) =>
      Array.from({ length: n }, (_, i) => row(`${i}`, value, 'ap', `p-${i % patients}`))
    expect(against(films(1, 0.5), films(1, 0.75)).verdict).toBe('cannot tell')
    expect(against(films(5, 0.5), films(5, 0.25)).verdict).toBe('cannot tell')
    expect(against(films(40, 0.5, 5), films(40, 0.25, 5)).verdict).toBe('cannot tell')
    expect(against(films(6, 0.5), films(6, 0.25)).verdict).toBe('worse')
    expect(against(films(6, 0.5), films(6, 0.75)).verdict).toBe('better')
    // the same is the same on one film too
    expect(against(films(1, 0.5), films(1, 0.5)).verdict).toBe('equal')
  })

  test('equal is film by film: two films of a patient with swapped scores are not, nor a film that one run does not count', () => {
    const films = (x: number, y: number) =>
      Array.from({ length: 8 }, (_, i) => [row(`${i}-0`, x, 'ap', `p-${i}`), row(`${i}-1`, y, 'ap', `p-${i}`)]).flat()
    const swapped = against(films(0.25, 0.75), films(0.75, 0.25))
    expect([swapped.difference.value, swapped.difference.low, swapped.difference.high]).toEqual([0, 0, 0])
    expect(swapped.verdict).toBe('cannot tell')
    expect(against(films(0.25, 0.75), films(0.25, 0.75).toReversed()).verdict).toBe('equal')
    const extra = films(0.5, 0.5)
    const uncounted = [...extra.slice(1), row('0-0', 1, 'spread', 'p-0')]
    expect(against(extra, uncounted).verdict).toBe('cannot tell')
  })

  test('a constant loss of .25 on three films: interval of no width', () => {
    const { paired, notPaired, films } = compareRuns([{ arm: 'x', parts: [part(a)] }], [{ arm: 'x', parts: [part(b)] }])
    expect(notPaired).toEqual([])
    expect(films).toEqual([{ arm: 'x', common: 3, onlyA: 0, onlyB: 0, replicas: [1, 1], leakChecked: true }])
    const [found] = paired
    expect(paired).toHaveLength(1)
    expect(found!.a.value).toBeCloseTo(0.7, 12)
    expect(found!.b.value).toBeCloseTo(0.45, 12)
    expect(found!.difference.value).toBeCloseTo(-0.25, 12)
    expect(found!.difference.low).toBeCloseTo(-0.25, 12)
    expect(found!.difference.high).toBeCloseTo(-0.25, 12)
    // three patients tell nothing
    expect(found!.verdict).toBe('cannot tell')
  })

  test('its numbers are those of compareScores on the common films, with the same generator', () => {
    const noisy = [row('1', 0.9), row('2', 0.1), row('3', 0.8), row('4', 1)]
    const { paired, films } = compareRuns([{ arm: 'x', parts: [part(a)] }], [{ arm: 'x', parts: [part(noisy)] }], {
      seed: 7,
      resamples: 300,
    })
    expect(films[0]).toMatchObject({ common: 3, onlyA: 0, onlyB: 1 })
    const arms = [
      { arm: 'A', rows: a },
      { arm: 'B', rows: noisy.slice(0, 3) },
    ]
    const [meanA, meanB, difference, detectable] = compareScores(arms, [['B', 'A']], rng(7).fork('x'), {
      resamples: 300,
    })
    expect(paired[0]!.a).toMatchObject({ value: meanA!.value, low: meanA!.low, high: meanA!.high, n: 3 })
    expect(paired[0]!.b).toMatchObject({ value: meanB!.value, low: meanB!.low, high: meanB!.high, n: 3 })
    expect(paired[0]!.difference).toMatchObject({ low: difference!.low, high: difference!.high, n: 3 })
    // (.9 + .1 + .8 − .5 − .7 − .9) / 3
    expect(paired[0]!.difference.value).toBeCloseTo(-0.1, 12)
    expect(paired[0]!.smallestDetectable).toBe(detectable!.value)
    expect(paired[0]!.verdict).toBe('cannot tell')
  })

  test('a film that one run does not count is paired all the same: it was tested on', () => {
    const alarms = (film: string) => row(film, 0, 'false-alarm-rate')
    const first = part([row('1', 1), alarms('2')])
    const second = part([row('1', 1), row('2', 0)])
    const { paired } = compareRuns([{ arm: 'x', parts: [first] }], [{ arm: 'x', parts: [second] }])
    expect(paired.map(({ metric }) => metric)).toEqual(['ap'])
    // 1 over one counted film; (1 + 0) / 2 over two
    expect([paired[0]!.a.value, paired[0]!.b.value, paired[0]!.difference.value]).toEqual([1, 0.5, -0.5])
    expect(paired[0]!.difference.n).toBe(2)
  })

  test('replicas of an arm are averaged film by film', () => {
    const twice = [part([row('1', 0), row('2', 1)]), part([row('1', 1), row('2', 1)])]
    const { paired, films } = compareRuns(
      [{ arm: 'x', parts: twice }],
      [{ arm: 'x', parts: [part([row('1', 1), row('2', 1)])] }],
    )
    expect(films[0]!.replicas).toEqual([2, 1])
    expect([paired[0]!.a.value, paired[0]!.a.n, paired[0]!.difference.value]).toEqual([0.75, 2, 0.25])
  })

  test('the same scores are equal; a metric of unknown direction is higher or lower; only the metrics asked for', () => {
    const six = [1, 2, 3, 4, 5, 6]
    const rows = (more: number) => [
      ...six.map((i) => row(`${i}`, i + more, 'spread')),
      ...six.map((i) => row(`${i}`, i % 2)),
    ]
    const { paired } = compareRuns([{ arm: 'x', parts: [part(rows(0))] }], [{ arm: 'x', parts: [part(rows(1))] }])
    expect(paired.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ['spread', 'higher'],
      ['ap', 'equal'],
    ])
    const one = compareRuns([{ arm: 'x', parts: [part(a)] }], [{ arm: 'x', parts: [part(b)] }], { metrics: ['auc'] })
    expect(one.paired).toEqual([])
  })
})

describe('refused', () => {
  const a = [row('1', 0.5), row('2', 0.7)]

  test('films tested on by A that B was trained on, by film or by another film of the patient', () => {
    const leak = (seen: ScoredPart['seen']) =>
      compareRuns([{ arm: 'x', parts: [part(a)] }], [{ arm: 'x', parts: [part([row('2', 1)], { seen })] }])
    const byFilm = leak(trained('1', '9'))
    expect(byFilm.paired).toEqual([])
    expect(byFilm.notPaired).toEqual([
      { arm: 'x', reason: 'leak', text: "B was trained or tuned on 1 of A's test films or on their patients" },
    ])
    expect(leak([{ product: 'd', film: '77', patient: 'p-1', role: 'tuning' }]).notPaired[0]!.reason).toBe('leak')
    expect(leak(trained('9')).notPaired).toEqual([])
    // nothing tells what was seen: paired, and said
    expect(leak(undefined).films[0]!.leakChecked).toBe(false)
    expect(leak(undefined).paired).toHaveLength(1)
  })

  test('folds: a model is held only against the fold whose films it shares', () => {
    const fold0 = part([row('1', 0.5)], { seen: trained('2') })
    const fold1 = part([row('2', 0.5)], { seen: trained('1') })
    const { paired, notPaired } = compareRuns([{ arm: 'x', parts: [fold0] }], [{ arm: 'x', parts: [fold0, fold1] }])
    expect(notPaired).toEqual([])
    expect(paired[0]!.difference).toMatchObject({ value: 0, n: 1 })
  })

  test('films of one id that are not the same film; no common film; an arm of one run alone', () => {
    const other = part(a, { films: new Map([['1', 'another']]) })
    expect(compareRuns([{ arm: 'x', parts: [part(a)] }], [{ arm: 'x', parts: [other] }]).notPaired[0]).toEqual({
      arm: 'x',
      reason: 'other films',
      text: '1 of 2 common film ids stand for another film: patient, view, age or class differ',
    })
    const far = compareRuns([{ arm: 'x', parts: [part(a)] }], [{ arm: 'x', parts: [part([row('3', 1)])] }])
    expect(far.notPaired[0]!.reason).toBe('no common films')
    expect(compareRuns([{ arm: 'x', parts: [part(a)] }], [{ arm: 'y', parts: [part(a)] }])).toEqual({
      paired: [],
      notPaired: [],
      films: [],
    })
  })
})

test('arms: as compare-arms names its inputs, else the label of the node', () => {
  const scored = (label: string) => ({ label, stage: 'evaluate', params: {}, inputs: {}, scores: ['scores'] })
  const from = (node: string) => ({ node, port: 'scores' })
  const compare = {
    label: 'compare-arms',
    stage: 'compare-arms',
    params: { names: ['plain', 'plain', 'box'] },
    inputs: { arms: [from('e[fold=0]'), from('e[fold=1]'), from('e-box')] },
    scores: [],
  }
  const nodes = [scored('e[fold=0]'), scored('e[fold=1]'), scored('e-box'), scored('extra'), compare]
  expect(armsOf(nodes).map(({ arm, node }) => [arm, node])).toEqual([
    ['plain', 'e[fold=0]'],
    ['plain', 'e[fold=1]'],
    ['box', 'e-box'],
    ['extra', 'extra'],
  ])
})

test('directions by name', () => {
  for (const name of ['ap-rsna-0.40:0.75', 'auc', 'psnr-outside-boxes', 'sensitivity-at-0.5'])
    expect(directionOf(name)).toBe('higher')
  for (const name of [
    'fid-inception-n500',
    'swd-n9',
    'near-copy-share-pixels',
    'false-alarm-rate',
    'identity-mae-normals',
  ])
    expect(directionOf(name)).toBe('lower')
  for (const name of ['apples', 'score-threshold', 'residual-energy-in-boxes', 'diversity-ms-ssim', 'share-Edema'])
    expect(directionOf(name)).toBeUndefined()
})
