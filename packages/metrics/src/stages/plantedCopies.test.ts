// `plant-copies`, `measure-memorisation`, `block-copies` and `count-planted` one after another on films in memory: copies among generated
// films are all held back under the name of what they show, films of other patients are not, and a set of copies fails the report.
import { describe, expect, test } from '@jest/globals'
import type { Film, Films, Part } from '@radiograft/pipeline'
import {
  cohortTables,
  collectFilms,
  defaultsOf,
  filmIds,
  filmsInMemory,
  stageContext,
} from '@radiograft/pipeline/testing'
import { blockCopies } from './blockCopies.ts'
import { run as block } from './blockCopies.run.ts'
import { countPlanted } from './countPlanted.ts'
import { run as count } from './countPlanted.run.ts'
import { measureMemorisation } from './measureMemorisation.ts'
import { run as measure } from './measureMemorisation.run.ts'
import { plantCopies } from './plantCopies.ts'
import { run as plant } from './plantCopies.run.ts'
import { smoothFilm } from './testing/smoothFilms.ts'

const SIDE = 16
const ids = Array.from({ length: 240 }, (_, i) => `r-${String(i).padStart(3, '0')}`)
const partOf = (i: number): Part => (i < 120 ? 'train' : i < 140 ? 'validation' : 'test')
const { split } = cohortTables(ids, { partOf })
const real = filmsInMemory(ids, SIDE, (id) => smoothFilm(SIDE, `real ${id}`))
const generated = filmsInMemory(filmIds(60), SIDE, (id) => smoothFilm(SIDE, `generated ${id}`))
const provenance = [
  split.slice(0, 120).map(({ film, patient }) => ({ product: 'gan', film, patient, role: 'training' as const })),
]
const inMemory = (films: ReadonlyArray<Film>, side = SIDE): Films => {
  const byId = new Map(films.map(({ id, pixels }) => [id, pixels]))
  return filmsInMemory([...byId.keys()], side, (id) => byId.get(id)!)
}
const planting = async (given: object, among: Films | undefined, seed = 5) => {
  const inputs = { films: real, split, among }
  const out = await plant({ params: defaultsOf(plantCopies, given), inputs, ctx: stageContext({ seed }) })
  return {
    copies: [...out.copies],
    others: [...out.others],
    films: inMemory(await collectFilms(out.films), out.films.width),
  }
}
const looking = async (films: Films) => {
  const { metrics, scores, neighbours } = await measure({
    params: defaultsOf(measureMemorisation, { arm: 'gan', side: 8 }),
    inputs: { real, split, generated: films, realFeatures: [], generatedFeatures: [], provenance },
    ctx: stageContext(),
  })
  return { metrics, scores: [...scores], neighbours }
}
const exporting = async (films: Films, { scores, neighbours }: Awaited<ReturnType<typeof looking>>) => {
  const inputs = { generated: films, scores, neighbours, provenance, metrics: [] }
  const out = await block({ params: defaultsOf(blockCopies), inputs, ctx: stageContext() })
  return { blocked: out.blocked, films: inMemory(await collectFilms(out.exported)) }
}
const counted = async (inputs: Parameters<typeof count>[0]['inputs']) => {
  const out = await count({ params: defaultsOf(countPlanted), inputs, ctx: stageContext() })
  const row = (arm: string, metric: string) => out.metrics.find((one) => one.arm === arm && one.metric === metric)!
  return { ...out, row }
}

describe('plant-copies', () => {
  test('generated films stay as they are, each copy is a training film in another exposure, ids ascend', async () => {
    const { films, copies, others } = await planting({ copies: 8, others: 6 }, generated)
    expect(films.size).toBe(60 + 8 + 6)
    expect(films.ids).toEqual([...films.ids].toSorted())
    const pixelsOf = async (of: Films, id: string) => (await of.rows([of.indexOf(id)]))[0]!
    for (const id of generated.ids) expect(await pixelsOf(films, id)).toEqual(smoothFilm(SIDE, `generated ${id}`))
    const part = new Map(split.map((row) => [row.film, row.part]))
    expect(copies.map(({ film }) => part.get(film))).toEqual(Array.from({ length: 8 }, () => 'train'))
    expect(others.map(({ film }) => part.get(film))).toEqual(Array.from({ length: 6 }, () => 'validation'))
    for (const { product, film } of [...copies, ...others]) {
      const [copy, source] = [await pixelsOf(films, product), await pixelsOf(real, film)]
      const apart = Math.sqrt(copy.reduce((sum, v, p) => sum + (v - source[p]!) ** 2, 0) / copy.length)
      expect(apart).toBeGreaterThan(0.01) // noise alone is .02
      expect(apart).toBeLessThan(0.12) // brightness by .05, contrast by a tenth of half the range
    }
    expect(new Set(copies.map(({ film }) => film)).size).toBe(8)
  })

  test('by its seed; a memoriser’s films alone, again where training films are fewer', async () => {
    const [a, b] = [await planting({}, undefined, 1), await planting({}, undefined, 2)]
    expect(a.copies.map(({ film }) => film)).not.toEqual(b.copies.map(({ film }) => film))
    expect(a.films.ids).toEqual(a.copies.map(({ product }) => product))
    const { copies } = await planting({ copies: 130 }, undefined)
    expect(new Set(copies.map(({ film }) => film)).size).toBe(120)
    expect(copies.at(-1)!.product).toBe('planted-00130')
  })

  test('averaged down to the size of generated films', async () => {
    const small = filmsInMemory(filmIds(2), 8, () => new Float32Array(64))
    const { films } = await planting({ copies: 1, brightness: 0, contrast: 0, noise: 0 }, small)
    expect([films.height, films.width]).toEqual([8, 8])
  })

  test('refusals', async () => {
    const larger = filmsInMemory(filmIds(2), 32, () => new Float32Array(1024))
    await expect(planting({}, larger)).rejects.toThrow(/32 x 32, real ones are of 16 x 16/)
    await expect(planting({}, inMemory([{ id: 'planted-00002', pixels: new Float32Array(256) }]))).rejects.toThrow(
      /already has a film planted-00002/,
    )
    await expect(planting({ copies: 0 }, undefined)).rejects.toThrow(/ask for one copy/)
  })
})

describe('planted among generated films', () => {
  test('three seeds: every copy is blocked under the name of its film, and none is exported', async () => {
    const honest = await looking(generated)
    const { films: exported } = await exporting(generated, honest)
    for (let seed = 0; seed < 3; seed++) {
      const { films, copies, others } = await planting({ copies: 8, others: 8 }, generated, seed)
      const looked = await looking(films)
      const { blocked, films: passed } = await exporting(films, looked)
      const { row, planted, verdicts } = await counted({ copies, others, blocked, passed, exported, ...looked })
      expect(verdicts.cells[0]![3]).toBe('holds')
      expect(row('planted', 'planted-blocked')).toMatchObject({
        value: 1,
        low: expect.closeTo(0.025 ** (1 / 8), 9),
        n: 8,
      })
      expect(row('planted', 'planted-named').value).toBe(1)
      expect(row('planted', 'planted-exported')).toMatchObject({ value: 0, n: 16 })
      expect(row('planted-others', 'planted-blocked').value).toBeLessThanOrEqual(1 / 8)
      const line = planted.cells.find(([film]) => film === copies[0]!.product)!
      expect(line.slice(1, 6)).toEqual([copies[0]!.film, 'of training', 'yes', 'pixels-8x8', copies[0]!.film])
    }
  })

  test('what a blocker lets through, names wrongly or exports is counted', async () => {
    const { films, copies, others } = await planting({ copies: 8 }, generated)
    const { metrics, ...looked } = await looking(films)
    const { blocked, films: passed } = await exporting(films, { metrics, ...looked })
    const own = { copies, others, blocked, passed, exported: generated, metrics }
    const first = copies[0]!.product
    const without = { ...blocked, cells: blocked.cells.filter(([film]) => film !== first) }
    expect((await counted({ ...own, blocked: without })).row('planted', 'planted-blocked').value).toBe(7 / 8)
    const leak = filmsInMemory([...passed.ids, `synthetic-${first}`].toSorted(), SIDE, () => new Float32Array(256))
    expect((await counted({ ...own, passed: leak })).row('planted', 'planted-blocked').value).toBe(7 / 8)
    expect((await counted({ ...own, exported: leak })).row('planted', 'planted-exported').value).toBe(1)
    const other = { ...blocked, cells: blocked.cells.map((cells) => cells.with(2, 'r-999')) }
    expect((await counted({ ...own, blocked: other })).row('planted', 'planted-named').value).toBe(0)
    expect((await counted({ ...own, blocked: other })).verdicts.cells[0]![3]).toBe('fails')
    await expect(counted({ ...own, metrics: [] })).rejects.toThrow(/hold no near-copy-rate/)
    await expect(counted({ ...own, copies: [] })).rejects.toThrow(/plant one at least/)
    await expect(counted({ ...own, blocked: { ...blocked, columns: ['film'] } })).rejects.toThrow(/is not the table/)
  })

  test('copies alone are a memoriser, which fails the report', async () => {
    const { films } = await planting({ copies: 60 }, undefined)
    const { metrics } = await looking(films)
    const value = (metric: string) => metrics.find((row) => row.metric === metric)!.value
    expect([value('memorised-pixels-8x8'), value('near-copy-share-pixels-8x8')]).toEqual([1, 1])
  })
})
