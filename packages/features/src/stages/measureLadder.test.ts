import { expect, test } from '@jest/globals'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { measureLadder } from './index.ts'
import { run } from './measureLadder.run.ts'

const ids = filmIds(48)
// smooth films: a place of light that wanders
const films = filmsInMemory(ids, 32, (id) => {
  const [x, y] = rng(id).uniforms(2)
  return Float32Array.from({ length: 32 * 32 }, (_, i) => {
    const [dx, dy] = [(i % 32) / 32 - 0.3 - 0.4 * x!, Math.floor(i / 32) / 32 - 0.3 - 0.4 * y!]
    return 0.2 + 0.6 * Math.exp(-8 * (dx * dx + dy * dy))
  })
})
const tables = cohortTables(ids, { partOf: (i) => (i < 8 ? 'train' : 'test'), having: () => false })
const params = defaultsOf(measureLadder, { resamples: 20 })

test('held-out films alone, one figure a strength, a rank correlation a corruption', async () => {
  const ctx = stageContext()
  const { metrics, ladder, figure } = await run({ params, inputs: { films, ...tables, network: undefined }, ctx })
  expect(metrics.map(({ arm, metric, n }) => [arm, metric, n])).toEqual(
    ['noise', 'blur', 'contrast', 'occlusion', 'swirl'].map((name) => [
      `ladder-${name}`,
      'spearman-kid-pixels-32x32-n20',
      20,
    ]),
  )
  expect(ladder.cells).toHaveLength(30)
  const at = (name: string): number => ladder.columns.indexOf(name)
  const kidOf = (corruption: string): number[] =>
    ladder.cells.filter((cells) => cells[0] === corruption).map((cells) => Number(cells[at('KID')]))
  for (const name of ['noise', 'contrast', 'occlusion']) expect(kidOf(name)[5]).toBeGreaterThan(kidOf(name)[0]!)
  expect(new TextDecoder().decode(figure.bytes)).toMatch(/^<svg /)
  expect(ctx.done.at(-1)).toBe(40)
})

test('a film whose patient nobody knows is told by its name', async () => {
  const cohort = tables.cohort.slice(0, -1)
  await expect(
    run({ params, inputs: { films, ...tables, cohort, network: undefined }, ctx: stageContext() }),
  ).rejects.toThrow(ids.at(-1)!)
})
