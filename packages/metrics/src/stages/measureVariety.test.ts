// `measure-variety` on films of broad waves: a generator like them, one that makes one film, one that leaves a checkerboard.
import { describe, expect, test } from '@jest/globals'
import { LeakageError, type Films, type MetricRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { measureVariety } from './measureVariety.ts'
import { run } from './measureVariety.run.ts'
import { smoothFilm } from './testing/smoothFilms.ts'

const ids = filmIds(24)
const tables = cohortTables(ids, { partOf: (i) => (i < 14 ? 'train' : 'test') })
const honest = (side: number, count = 10): Films =>
  filmsInMemory(filmIds(count), side, (id) => smoothFilm(side, `g ${id}`))

const measure = async (real: Films, generated: Readonly<Record<string, Films>>, given: object = {}, seen?: string) => {
  const ctx = stageContext({ seed: 3 })
  const params = defaultsOf(measureVariety, {
    names: Object.keys(generated),
    pairs: 20,
    patches: 16,
    directions: 8,
    resamples: 10,
    ...given,
  })
  const provenance = seen ? [[{ product: 'gan', film: 'x', patient: seen, role: 'training' as const }]] : []
  const inputs = { real, split: tables.split, generated: Object.values(generated), provenance }
  const out = await run({ params, inputs, ctx })
  const row = (arm: string, metric: string): MetricRow =>
    out.metrics.find((one) => one.arm === arm && one.metric.startsWith(metric))!
  const left = out.figures.cells.filter(([arm]) => arm === '').map(([, metric, , , , why]) => `${metric}: ${why}`)
  return { ...out, row, left, warnings: ctx.warnings }
}

describe('64 x 64', () => {
  const real = filmsInMemory(ids, 64, (id) => smoothFilm(64, `r ${id}`))
  const collapsed = filmsInMemory(filmIds(10), 64, () => smoothFilm(64, 'one'))
  const patterned = filmsInMemory(filmIds(10), 64, (id) =>
    smoothFilm(64, `g ${id}`).map((v, p) => v + (p % 2 === 0 ? 0.01 : -0.01)),
  )

  test('diversity is 1 of a collapsed generator, about that of real films of an honest one; names say scales, pairs and n', async () => {
    const { row, metrics } = await measure(real, { honest: honest(64), collapsed })
    const name = 'diversity-ms-ssim-3scales-renormalised-pairs20-pixels-64x64-n10'
    expect(row('collapsed', 'diversity')).toMatchObject({ metric: name, n: 10, part: 'test' })
    expect(row('collapsed', 'diversity').value).toBeCloseTo(1, 6)
    const floor = row('real-floor', 'diversity')
    expect(floor.metric).toBe(name)
    expect(row('honest', 'diversity').value).toBeLessThan(0.9)
    expect(Math.abs(row('honest', 'diversity').value - floor.value)).toBeLessThan(0.1)
    expect(row('collapsed', 'swd').value).toBeGreaterThan(1.2 * row('honest', 'swd').value)
    expect(row('honest', 'swd').metric).toBe('swd-patches7x16-directions8-pixels-64x64-n10')
    expect(new Set(metrics.map(({ n }) => n))).toEqual(new Set([10])) // 14 training films, 10 generated
  })

  test('stripes of period 2 are an alarm at stride 2, real films and honest ones are none', async () => {
    const { row } = await measure(real, { honest: honest(64), patterned }, { pairs: 2, patches: 2 })
    expect(row('patterned', 'checkerboard-rms-stride2').value).toBeCloseTo(0.01, 3)
    expect(row('patterned', 'checkerboard-alarm-stride2').value).toBe(1)
    for (const arm of ['honest', 'real-floor'])
      for (const stride of [2, 4]) expect(row(arm, `checkerboard-alarm-stride${stride}`).value).toBe(0)
  })

  test('real films are averaged to the generated films’ size', async () => {
    const twice = filmsInMemory(ids, 128, (id) => {
      const film = smoothFilm(64, `r ${id}`)
      return Float32Array.from({ length: 128 * 128 }, (_, p) => film[(p >> 8) * 64 + ((p % 128) >> 1)]!)
    })
    const options = { pairs: 4, strides: [] }
    const [small, large] = [
      await measure(real, { honest: honest(64) }, options),
      await measure(twice, { honest: honest(64) }, options),
    ]
    for (const metric of ['diversity', 'swd'])
      expect(large.row('honest', metric).value).toBeCloseTo(small.row('honest', metric).value, 4)
  })
})

test('small films leave measures out, each with what to read instead', async () => {
  const of = (side: number) =>
    measure(
      filmsInMemory(ids, side, (id) => smoothFilm(side, id)),
      { honest: honest(side) },
      { strides: [2, 8] },
    )
  const thirtyTwo = await of(32)
  expect(thirtyTwo.left).toEqual([expect.stringMatching(/^diversity-ms-ssim: .*three scales need 41 pixels/)])
  expect(thirtyTwo.row('honest', 'swd').value).toBeGreaterThan(0)
  expect((await of(8)).left.map((line) => line.split(':')[0])).toEqual([
    'diversity-ms-ssim',
    'swd',
    'checkerboard-stride8',
  ])
  const odd = await of(24)
  expect(odd.left.at(-1)).toMatch(/^checkerboard-stride8: /)
  expect(odd.warnings).toHaveLength(odd.left.length)
  const alone = await measure(
    filmsInMemory(ids, 64, (id) => smoothFilm(64, id)),
    { one: honest(64, 1) },
    { strides: [] },
  )
  expect(alone.left).toEqual(
    ['diversity-ms-ssim', 'swd'].map((name) => `${name}: a set is of one film or patient: give two or more`),
  )
})

test('refusals', async () => {
  const real = filmsInMemory(ids, 16, (id) => smoothFilm(16, id))
  await expect(measure(real, {})).rejects.toThrow(/wired to no generator/)
  await expect(measure(real, { a: honest(16), b: honest(32) })).rejects.toThrow(
    /b has films of 32 x 32, others of 16 x 16/,
  )
  await expect(measure(real, { a: honest(16, 0) })).rejects.toThrow(/a has no film/)
  await expect(measure(real, { a: honest(16) }, { names: [] })).rejects.toThrow(/0 names for 1 generators/)
  await expect(measure(real, { a: honest(16) }, {}, 'patient of film-20')).rejects.toThrow(LeakageError)
})
