import { describe, expect, test } from '@jest/globals'
import { type MetricRow, metricRow } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { checkShares } from './checkShares.ts'
import { run } from './checkShares.run.ts'

const row = (arm: string, metric: string, value: number, low = NaN, high = NaN): MetricRow =>
  metricRow({ arm, metric, value, low, high, n: 100 })
const known = [
  row('mix-unlike', 'known-share-Normal', 0.3),
  row('mix-unlike', 'known-share-Lung Opacity', 0.6),
  row('mix-without', 'known-share-Lung Opacity', 0),
]
const share = (arm: string, name: string, low: number, high: number) =>
  row(arm, `share-${name}-simultaneous`, (low + high) / 2, low, high)
const found = [
  row('source', 'share-Lung Opacity', 0.2),
  row('source', 'share-Normal', 0.4),
  share('mix-unlike', 'Normal', 0.2, 0.5),
  share('mix-unlike', 'Lung Opacity', 0.45, 0.7),
  share('mix-without', 'Lung Opacity', 1e-9, 0.1),
  row('mix-without', 'found-Lung Opacity', 0),
  row('mix-without', 'shown-Lung Opacity', 1),
]
const check = async (
  metrics: ReadonlyArray<ReadonlyArray<MetricRow>>,
  given: object = {},
  /** null: not wired */
  rows: ReadonlyArray<MetricRow> | null = known,
) => {
  const params = defaultsOf(checkShares, given)
  const out = await run({ params, inputs: { metrics, known: rows ?? undefined }, ctx: stageContext() })
  const verdict = (arm: string) => {
    const line = out.verdicts.cells.find(([, , of]) => of === arm)
    return [line?.[3], line?.[4]]
  }
  return { ...out, verdict, value: (arm: string) => out.metrics.find((one) => one.arm === arm)?.value }
}
const replaced = (metric: string, arm: string, by: MetricRow): MetricRow[] =>
  found.map((one) => (one.metric === metric && one.arm === arm ? by : one))

describe('sets whose shares are known', () => {
  test('within the bounds, and told from the source', async () => {
    const { verdict, value, recovered } = await check([found])
    expect(verdict('known-mixes')).toEqual([
      'holds',
      'all 3 lie within, and the source’s do not: Lung Opacity of mix-unlike 0.600 in [0.450, 0.700]; Lung Opacity of mix-without 0.000 in [0.000, 0.100]',
    ])
    expect(value('known-mixes')).toBe(1)
    expect(recovered.cells[1]).toEqual([
      'mix-unlike',
      'Lung Opacity',
      100,
      0.6,
      expect.closeTo(0.575, 9),
      0.45,
      0.7,
      'yes',
      0.2,
    ])
  })

  test('one outside fails, and is named', async () => {
    const out = replaced('share-Normal-simultaneous', 'mix-unlike', share('mix-unlike', 'Normal', 0.31, 0.5))
    const { verdict, value } = await check([out])
    expect(verdict('known-mixes')).toEqual(['fails', 'outside: Normal of mix-unlike 0.300 not in [0.310, 0.500]'])
    expect(value('known-mixes')).toBeCloseTo(2 / 3, 12)
  })

  test('seeds: a share that is outside in one of them fails', async () => {
    const out = replaced('share-Normal-simultaneous', 'mix-unlike', share('mix-unlike', 'Normal', 0.31, 0.5))
    const { verdict, value, recovered } = await check([found, out])
    expect(verdict('known-mixes')).toEqual(['fails', 'outside: Normal of mix-unlike 0.300 not in [0.310, 0.500]'])
    expect(value('known-mixes')).toBeCloseTo(5 / 6, 12)
    expect(recovered.cells).toHaveLength(6)
    expect((await check([found, found])).verdict('known-mixes')[0]).toBe('holds')
  })

  test('no set could be mixed: cannot tell', async () => {
    const { verdict, recovered } = await check([[]], {}, [])
    expect(verdict('known-mixes')).toEqual([
      'cannot tell',
      'no films of known classes could be mixed: hold out more patients',
    ])
    expect(recovered.cells).toEqual([])
  })

  test('bounds that hold the source’s shares as well cannot tell', async () => {
    const wide = found.map((one) => (one.metric.endsWith('simultaneous') ? { ...one, low: 0, high: 1 } : one))
    expect((await check([wide])).verdict('known-mixes')).toEqual([
      'cannot tell',
      'all 3 lie within bounds so wide that the source’s shares do too: validate on more films',
    ])
  })

  test('shares that could not be corrected cannot tell, and are no figure', async () => {
    const { verdict, value, recovered } = await check([found.filter(({ metric }) => !metric.endsWith('simultaneous'))])
    expect(verdict('known-mixes')[0]).toBe('cannot tell')
    expect(value('known-mixes')).toBeUndefined()
    expect(recovered.cells[0]!.slice(4, 8)).toEqual([null, null, null, 'not measured'])
  })
})

describe('a class that is not there', () => {
  const without = 'mix-without'
  test('missing, where real films show it', async () => {
    const { verdict, value } = await check([found])
    expect(verdict(without)).toEqual(['holds', 'Lung Opacity is missing, and real films in equal numbers show it'])
    expect(value(without)).toBe(1)
  })
  test('found fails', async () => {
    const { verdict, value } = await check([
      replaced('found-Lung Opacity', without, row(without, 'found-Lung Opacity', 1)),
    ])
    expect(verdict(without)[0]).toBe('fails')
    expect(value(without)).toBe(0)
  })
  test('missing where real films do not show it either cannot tell; nor where nothing was measured', async () => {
    const { verdict } = await check([replaced('shown-Lung Opacity', without, row(without, 'shown-Lung Opacity', 0))])
    expect(verdict(without)[0]).toBe('cannot tell')
    expect((await check([found.filter(({ metric }) => !metric.startsWith('found'))])).verdict(without)[0]).toBe(
      'cannot tell',
    )
  })
  test('of generators, seed by seed: one seed that has it fails', async () => {
    const seed = (value: number) => [
      row('pggan', 'found-No Lung Opacity or Not Normal', value),
      row('pggan', 'shown-No Lung Opacity or Not Normal', 1),
    ]
    const given = { absent: 'No Lung Opacity / Not Normal', arms: ['pggan'] }
    const missed = await check([seed(0), seed(0)], given, null)
    expect(missed.verdict('pggan')[0]).toBe('holds')
    expect(missed.recovered.cells).toEqual([])
    const one = await check([seed(0), seed(1)], given, null)
    expect(one.verdict('pggan')).toEqual(['fails', expect.stringMatching(/is found in 1 of 2 seeds/)])
    expect(one.metrics).toMatchObject([{ arm: 'pggan', metric: 'absent-class-missing', value: 0.5, n: 2 }])
  })
  test('nothing to check is refused', async () =>
    expect(check([found], { absent: 'x' }, null)).rejects.toThrow(/there is nothing to check/))
})
