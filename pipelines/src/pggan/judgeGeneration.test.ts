// One hand-made figure a rule: what settles a claim, and what does not.
import { describe, expect, it } from '@jest/globals'
import { type MetricRow, metricRow, type Table } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { claims } from './claims.ts'
import { judgeGeneration } from './judgeGeneration.ts'
import { run } from './judgeGeneration.run.ts'

const row = (arm: string, metric: string, value: number, low: number, high: number): MetricRow =>
  metricRow({ arm, metric, value, low, high, n: 500 })
const said: Table = {
  title: 'What the labels of generated films say',
  rows: 'P4, P11',
  columns: ['rows', 'claim', 'arm', 'verdict', 'because'],
  cells: [
    ['P4', '', 'dcgan', 'fails', 'far'],
    ['P4', '', 'pggan', 'holds', 'near'],
    ['P11', '', 'pggan', 'fails', 'Opacity is missing'],
  ],
  note: '',
}
/** As `check-shares` and `count-planted` say it. */
const checked = (title: string, row: string, arm: string, verdict: string): Table => ({
  ...said,
  title,
  cells: [[row, '', arm, verdict, `${arm} ${verdict}`]],
})
const mixes = (verdict: string) => checked('Whether shares that are known are found', 'P4', 'known-mixes', verdict)
const absent = (arm: string, verdict: string) => checked('Whether shares that are known are found', 'P11', arm, verdict)
const planted = (verdict: string) =>
  checked('Whether copies of training films are held back', 'P10', 'planted', verdict)
const judged = async (metrics: ReadonlyArray<MetricRow>, seeds = 1, tables: ReadonlyArray<Table> = [said]) => {
  const inputs = { metrics: [metrics], said: tables }
  const { verdicts } = await run({ params: defaultsOf(judgeGeneration, { seeds }), inputs, ctx: stageContext() })
  const at = (name: string): number => verdicts.columns.indexOf(name)
  return Object.fromEntries(
    verdicts.cells.map((cells, i) => [claims[i]!.id, [cells[at('verdict')], String(cells[at('ours, 95 %')])] as const]),
  )
}

describe('judge-generation', () => {
  it('KID at most half of that after 1 %: by the whole interval, and of one network even with one seed', async () => {
    const ratio = (low: number, high: number) => [
      row('pggan / pggan-early', 'kid-small-cnn-64-n500x400', 0.4, low, high),
    ]
    expect((await judged(ratio(0.3, 0.49)))['learning']).toEqual([
      'holds',
      '0.400 [0.300, 0.490], kid-small-cnn-64-n500x400, n 500; holds below 0.500',
    ])
    expect((await judged(ratio(0.3, 0.51)))['learning']![0]).toBe('cannot tell')
    expect((await judged(ratio(0.51, 0.6)))['learning']![0]).toBe('fails')
    expect((await judged(ratio(NaN, NaN)))['learning']![0]).toBe('cannot tell')
  })

  it('two ways of training: one seed cannot tell them apart', async () => {
    const better = [row('pggan − dcgan', 'kid-small-cnn-64-n500', -1, -1.2, -0.8)]
    expect((await judged(better))['growing']).toEqual([
      'cannot tell',
      expect.stringContaining('one training seed cannot'),
    ])
    expect((await judged(better, 2))['growing']![0]).toBe('holds')
    const worse = [row('pggan − dcgan', 'kid-small-cnn-64-n500', 1, 0.8, 1.2)]
    expect((await judged(worse, 2))['growing']![0]).toBe('fails')
  })

  it('in the features of two extractors a claim holds or fails where it does in each', async () => {
    const ratio = (extractor: string, low: number, high: number) =>
      row('pggan / pggan-early', `kid-${extractor}-n500`, (low + high) / 2, low, high)
    const both = async (low: number, high: number) =>
      (await judged([ratio('small-cnn-64', 0.1, 0.2), ratio('mobilenet-v2-224-0a1b2c3d', low, high)]))['learning']!
    expect(await both(0.3, 0.4)).toEqual([
      'holds',
      '0.150 [0.100, 0.200], kid-small-cnn-64-n500, n 500; holds below 0.500. ' +
        '0.350 [0.300, 0.400], kid-mobilenet-v2-224-0a1b2c3d-n500, n 500; holds below 0.500',
    ])
    for (const [low, high, own] of [
      [0.6, 0.7, 'fails'],
      [0.4, 0.6, 'cannot tell'],
    ] as const) {
      const [verdict, ours] = await both(low, high)
      expect(verdict).toBe('cannot tell')
      expect(ours).toContain('holds below 0.500: holds. ')
      expect(ours.endsWith(`holds below 0.500: ${own}`)).toBe(true)
    }
  })

  it('figures against training films settle nothing', async () => {
    const train = { ...row('pggan / pggan-early', 'kid-x', 0.1, 0.1, 0.1), part: 'train' }
    expect((await judged([train]))['learning']).toEqual(['not tested', 'not measured in this run'])
  })

  it('near copies in any space fail', async () => {
    const spaces = (pixels: number, features: number) => [
      row('pggan', 'memorised-pixels-32x32', pixels, NaN, NaN),
      row('pggan', 'memorised-features-small-cnn-64', features, NaN, NaN),
    ]
    expect((await judged(spaces(0, 0)))['no-copies']).toEqual([
      'holds',
      'not nearer than held-out films are, in pixels-32x32, features-small-cnn-64',
    ])
    expect((await judged(spaces(0, 1)))['no-copies']).toEqual(['fails', 'too near in features-small-cnn-64'])
    const untold = [row('pggan', 'memorised-pixels-32x32', NaN, NaN, NaN), row('pggan', 'memorised-x', 0, NaN, NaN)]
    expect((await judged(untold))['no-copies']!.slice(0, 2)).toEqual([
      'cannot tell',
      expect.stringMatching(/^too few patients for the near copies that there are, in pixels-32x32/),
    ])
    expect((await judged([row('dcgan', 'memorised-pixels-32x32', 1, NaN, NaN)]))['no-copies']![0]).toBe('not tested')
  })

  it('shares: what measure-shares says of this generator', async () => {
    expect((await judged([]))['shares']).toEqual(['holds', 'near'])
    expect((await judged([]))['all-classes']).toEqual(['fails', 'Opacity is missing'])
    expect((await judged([], 1, []))['shares']![0]).toBe('not tested')
  })

  it('shares of several seeds: the worst of them, each with its reason', async () => {
    const better: Table = { ...said, cells: said.cells.map((line) => line.with(3, 'holds').with(4, 'all found')) }
    expect((await judged([], 2, [said, better]))['all-classes']).toEqual([
      'fails',
      'training 1: fails, Opacity is missing; training 2: holds, all found',
    ])
    expect((await judged([], 2, [better, better]))['all-classes']![0]).toBe('holds')
    const unsure: Table = { ...said, cells: said.cells.map((line) => line.with(3, 'cannot tell')) }
    expect((await judged([], 2, [better, unsure]))['shares']![0]).toBe('cannot tell')
  })

  it('controls: known shares (P4), a class that is not there (P11), planted copies and a memoriser (P10)', async () => {
    const tables = [said, mixes('holds'), absent('mix-without', 'holds'), absent('pggan', 'holds'), planted('holds')]
    const memoriser = [
      row('memoriser', 'memorised-pixels-32x32', 1, NaN, NaN),
      row('memoriser', 'memorised-features-x', 0, NaN, NaN),
    ]
    const verdicts = await judged(memoriser, 1, tables)
    expect(verdicts['known-shares']).toEqual(['holds', 'known-mixes holds'])
    expect(verdicts['absent-class']).toEqual(['holds', 'mix-without holds'])
    expect(verdicts['left-out']).toEqual(['holds', 'pggan holds'])
    expect(verdicts['left-out-dcgan']![0]).toBe('not tested')
    expect(verdicts['planted']).toEqual(['holds', 'planted holds'])
    expect(verdicts['memoriser']).toEqual(['holds', 'too near in pixels-32x32'])
    // what measure-shares says of the generator itself is another claim
    expect(verdicts['all-classes']).toEqual(['fails', 'Opacity is missing'])
    const missed = memoriser.map((one) => ({ ...one, value: 0 }))
    expect((await judged(missed, 1, tables))['memoriser']![0]).toBe('fails')
    expect((await judged([], 1, []))['memoriser']![0]).toBe('not tested')
  })

  it('where a control fails, what rests on it cannot tell; where it cannot tell itself, that is said beside it alone', async () => {
    const copies = [row('pggan', 'memorised-pixels-32x32', 0, NaN, NaN)]
    const failing = [said, mixes('fails'), absent('mix-without', 'fails'), planted('fails')]
    const verdicts = await judged(copies, 1, failing)
    expect(verdicts['shares']).toEqual([
      'cannot tell',
      'near; by itself it holds, but its control fails (known-shares)',
    ])
    expect(verdicts['all-classes']![0]).toBe('cannot tell')
    expect(verdicts['no-copies']![0]).toBe('cannot tell')
    // a class that the generator was not shown and that is found: so may any other be
    const found = await judged(copies, 1, [said, mixes('holds'), absent('pggan', 'fails')])
    expect([found['shares']![0], found['all-classes']![0]]).toEqual(['cannot tell', 'cannot tell'])
    const unsure = [said, mixes('cannot tell'), absent('mix-without', 'cannot tell'), planted('holds')]
    const kept = await judged(copies, 1, unsure)
    expect([kept['shares']![0], kept['all-classes']![0], kept['no-copies']![0]]).toEqual(['holds', 'fails', 'holds'])
    expect((await judged([], 1, [mixes('fails')]))['shares']![0]).toBe('not tested')
  })

  it('films that lie far from all films: what a classifier says of them settles nothing (P4, P11)', async () => {
    const near = (low: number, high: number) => [
      row('pggan', 'nearer-to-training-pixels-32x32', (low + high) / 2, low, high),
    ]
    const far = await judged(near(0.05, 0.11))
    expect(far['on-films']).toEqual(['fails', expect.stringMatching(/holds above 0.250$/)])
    expect([far['shares']![0], far['all-classes']![0]]).toEqual(['cannot tell', 'cannot tell'])
    const honest = await judged(near(0.4, 0.5))
    expect([honest['on-films']![0], honest['shares']![0], honest['all-classes']![0]]).toEqual([
      'holds',
      'holds',
      'fails',
    ])
    expect((await judged(near(0.2, 0.3)))['shares']![0]).toBe('holds') // not shown to be far
  })

  it('the search of latents by the judge, not by the guide', async () => {
    const rises = (judge: number) => [
      row('latent-search − latent-random', 'latent-guide-rise', 5, 4, 6),
      row('latent-search − latent-random', 'latent-judge-rise', judge, judge - 0.5, judge + 0.5),
    ]
    expect((await judged(rises(1)))['latents']![0]).toBe('holds')
    expect((await judged(rises(0)))['latents']![0]).toBe('cannot tell')
    expect((await judged(rises(-1)))['latents']![0]).toBe('fails')
  })

  it('what nothing here can be set beside is not tested', async () => {
    for (const id of ['realism', 'readers']) expect((await judged([]))[id]![0]).toBe('not tested')
  })
})
