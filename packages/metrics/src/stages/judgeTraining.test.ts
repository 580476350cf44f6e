import { describe, expect, test } from '@jest/globals'
import type { SeriesRow } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { joinedSeries } from './joinedSeries.ts'
import { judgeTraining } from './judgeTraining.ts'
import { run } from './judgeTraining.run.ts'

const curve = (name: string, values: readonly number[], every = 10): SeriesRow[] =>
  values.map((value, i) => ({ name, step: (i + 1) * every, value }))
const judge = async (curves: ReadonlyArray<SeriesRow>, given: object = {}) => {
  const ctx = stageContext()
  const { metrics, alarms } = await run({ params: defaultsOf(judgeTraining, given), inputs: { curves }, ctx })
  const value = (metric: string) => metrics.find((row) => row.metric === metric)?.value
  return { value, alarms: new Map(alarms.cells.map(([name, ...rest]) => [name, rest])), warnings: ctx.warnings }
}
const flat = (value: number, count: number): number[] => Array<number>(count).fill(value)
const real = [
  ...curve('validation.realDiversity', [0.4]),
  ...curve('validation.realRecall', [0.6]),
  ...curve('validation.realPeak', [1.2]),
]
const honest = [
  ...real,
  ...curve('validation.separation', flat(0.8, 12)),
  ...curve('gradNorm', flat(1, 12)),
  ...curve('validation.diversity', flat(0.35, 12)),
  ...curve('validation.recall', flat(0.3, 12)),
  ...curve('validation.checkerboardPeak', flat(1.1, 12)),
  ...curve('validation.checkerboardRms', flat(0.01, 12)),
]
const instead = (name: string, values: readonly number[]): SeriesRow[] => [
  ...honest.filter((row) => row.name !== name),
  ...curve(name, values),
]

describe('judge-training', () => {
  test('an honest training raises no alarm', async () => {
    const { value, alarms, warnings } = await judge(honest)
    for (const name of ['saturation', 'collapse', 'checkerboard']) {
      expect(value(`alarm-${name}`)).toBe(0)
      expect(alarms.get(name)!.slice(0, 3)).toEqual(['no alarm', null, 12])
    }
    expect(warnings).toEqual([])
  })

  test('diversity below half of real films’ in the last three logs: collapse, good until before them', async () => {
    const { value, alarms, warnings } = await judge(
      instead('validation.diversity', [...flat(0.35, 9), 0.19, 0.1, 0.1]),
      {
        arm: 'pggan',
      },
    )
    expect(value('alarm-collapse')).toBe(1)
    expect(value('alarm-collapse-last-good-step')).toBe(90)
    expect(alarms.get('collapse')![0]).toBe('alarm')
    expect(warnings[0]).toMatch(/^pggan: collapse: diversity is 0.190 at most since step 100, of real films 0.400/)
    const early = instead('validation.diversity', flat(0.1, 3))
    expect((await judge(early)).value('alarm-collapse')).toBe(1)
    expect((await judge(early, { from: 20 })).value('alarm-collapse')).toBe(0) // two logs are no window of three
  })

  test('a critic that tells all apart while the gradient dies: saturation', async () => {
    const curves = [
      ...honest.filter(({ name }) => name !== 'validation.separation' && name !== 'gradNorm'),
      ...curve('validation.separation', [...flat(0.8, 6), ...flat(1, 6)]),
      ...curve('gradNorm', [...flat(1, 6), ...flat(0.01, 6)]),
    ]
    const { value } = await judge(curves)
    expect(value('alarm-saturation')).toBe(1)
    expect(value('alarm-saturation-last-good-step')).toBe(60)
    expect((await judge(curves, { saturationWindow: 6 })).value('alarm-saturation')).toBe(1)
    expect((await judge(instead('validation.separation', flat(1, 12)))).value('alarm-saturation')).toBe(0)
  })

  test('a checkerboard three times as high as in real films: alarm', async () => {
    const { value } = await judge(instead('validation.checkerboardPeak', [...flat(1.1, 9), ...flat(3.7, 3)]))
    expect([value('alarm-checkerboard'), value('alarm-checkerboard-last-good-step')]).toEqual([1, 90])
    const below = await judge(instead('validation.checkerboardPeak', [...flat(1.1, 9), ...flat(3.5, 3)]))
    expect(below.value('alarm-checkerboard')).toBe(0)
  })

  test('a number that is none is an alarm at once', async () => {
    const { value, alarms } = await judge(instead('validation.recall', [0.3, 0.3, NaN]))
    expect([value('alarm-collapse'), value('alarm-collapse-last-good-step')]).toEqual([1, 20])
    expect(alarms.get('collapse')!.at(-1)).toBe('at step 30 a logged number is none')
  })

  test('what was not logged is not judged, and is named', async () => {
    const { value, alarms } = await judge(
      honest.filter(({ name }) => name !== 'gradNorm' && name !== 'validation.realPeak'),
    )
    expect(value('alarm-saturation')).toBeUndefined()
    expect(alarms.get('saturation')).toEqual(['not judged', null, 0, 'no series gradNorm was logged'])
    expect(alarms.get('checkerboard')!.at(-1)).toBe('no series validation.realPeak was logged')
    expect(value('alarm-collapse')).toBe(0)
    expect([...(await judge([])).alarms.values()].map(([state]) => state)).toEqual(flat(0, 3).map(() => 'not judged'))
    const useless = await judge([
      ...honest.filter(({ name }) => name !== 'validation.realRecall'),
      ...curve('validation.realRecall', [0]),
    ])
    expect(useless.alarms.get('collapse')!.at(-1)).toMatch(/no generator can be judged by these films/)
  })
})

test('joinedSeries: at the steps of the rarest, the newest value of the others', () => {
  const rows = [...curve('often', [1, 2, 3, 4, 5, 6]), ...curve('rare', [7, 8], 25)]
  expect(joinedSeries(rows, { a: 'often', b: 'rare' })).toEqual({
    log: [
      { step: 25, a: 2, b: 7 },
      { step: 50, a: 5, b: 8 },
    ],
  })
  expect(joinedSeries([...rows, { name: 'rare', step: 5, value: 6 }], { a: 'often', b: 'rare' })).toMatchObject({
    log: [{ step: 25 }, { step: 50 }],
  })
  expect(joinedSeries(rows, { a: 'often', b: 'never' })).toEqual({ missing: ['never'] })
})
