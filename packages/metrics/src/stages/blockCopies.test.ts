// One training film planted among honest ones, and a memoriser, of which nothing is left.
import { describe, expect, test } from '@jest/globals'
import type { Films } from '@radiograft/pipeline'
import { collectFilms, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { blockCopies } from './blockCopies.ts'
import { run as block } from './blockCopies.run.ts'
import { SIDE, again, honest, inputsOf, provenance, real, realFilm, replayed, report } from './testing/memorisation.ts'
import { smoothFilm } from './testing/smoothFilms.ts'

type Report = Awaited<ReturnType<typeof report>>
const exporting = async (
  generated: Films,
  { scores, neighbours, metrics }: Pick<Report, 'scores' | 'neighbours' | 'metrics'>,
  given: object = {},
) => {
  const ctx = stageContext()
  const params = defaultsOf(blockCopies, { generator: 'PGGAN of 32 pixels', ...given })
  const out = await block({ params, inputs: { generated, scores, neighbours, provenance, metrics: [metrics] }, ctx })
  const card = new Map(out.card.cells.map(([what, value]) => [what, value]))
  return { ...out, films: await collectFilms(out.exported), card, warnings: ctx.warnings }
}

describe('block-copies', () => {
  const planted = filmsInMemory(filmIds(60), SIDE, (id, i) =>
    i === 42 ? again(realFilm(0, 17), 'planted') : smoothFilm(SIDE, `honest 0 ${id}`),
  )

  test('a training film planted among samples is blocked, and named with what it copies; the rest is marked', async () => {
    const found = await report(inputsOf(real(0), planted))
    const { films, blocked, card, warnings, exported } = await exporting(planted, found)
    expect(blocked.cells.map((cells) => cells.slice(0, 3))).toContainEqual(['film-42', 'pixels-8x8', 'r-017'])
    const kept = films.map(({ id }) => id)
    expect(kept).not.toContain('synthetic-film-42')
    expect(kept).toHaveLength(60 - blocked.cells.length)
    expect(kept).toContain('synthetic-film-41')
    expect(kept).toEqual(kept.toSorted())
    expect(films.find(({ id }) => id === 'synthetic-film-41')!.pixels).toEqual(smoothFilm(SIDE, 'honest 0 film-41'))
    expect(exported).toMatchObject({ height: SIDE, width: SIDE, storage: 'uint16' })
    expect(found.row('near-copies-blocked').value).toBe(blocked.cells.length)
    expect(warnings).toHaveLength(1)
    expect(card.get('films')).toBe(kept.length)
    expect(card.get('generator')).toBe('PGGAN of 32 pixels')
    expect([card.get('films its training saw'), card.get('patients among them')]).toEqual([120, 120])
    expect(card.get('check: near copies of training films')).toBe(`${blocked.cells.length} of 60 blocked`)
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toBe('passed')
  })

  test('honest films lose one in a hundred at the most likely; marks are not doubled', async () => {
    const marked = filmsInMemory(
      filmIds(60).map((id) => `synthetic-${id}`),
      SIDE,
      (id) => smoothFilm(SIDE, `honest 3 ${id}`),
    )
    const found = await report(inputsOf(real(3), marked))
    const { films } = await exporting(marked, found)
    expect(films.length).toBeGreaterThanOrEqual(56)
    expect(films[0]!.id).toMatch(/^synthetic-film-/)
  })

  test('a card of a memoriser says failed; without metrics and provenance it says so', async () => {
    const generated = honest(0)
    const found = await report(inputsOf(real(0), generated))
    const failed = found.metrics.map((row) => (row.metric.startsWith('memorised') ? { ...row, value: 1 } : row))
    const { card } = await exporting(generated, { ...found, metrics: failed })
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toMatch(/^failed/)
    const bare = await exporting(generated, { ...found, metrics: [] })
    expect(bare.card.get('check: memorisation')).toBe('not given')
  })

  test('of a memoriser nothing is exported, and its card and its blocked films say why', async () => {
    const bad = await report(inputsOf(real(0), replayed(0)))
    const { films, exported, blocked, card, warnings } = await exporting(replayed(0), bad)
    expect(films).toEqual([])
    expect(exported).toMatchObject({ height: SIDE, width: SIDE })
    expect(blocked.cells).toHaveLength(60)
    expect([card.get('films'), card.get('check: near copies of training films')]).toEqual([0, '60 of 60 blocked'])
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toMatch(/^failed: more films copy/)
    expect(warnings).toEqual(['all 60 films are near copies of training films: none is exported'])
  })

  test('of copies of a few films over and over the card says that it cannot be told', async () => {
    const generated = filmsInMemory(filmIds(60), SIDE, (id, i) => again(realFilm(0, i % 2), id))
    const bad = await report(inputsOf(real(0), generated))
    expect(bad.row('near-copy-share-pixels-8x8').value).toBe(1)
    expect(bad.row('memorised-pixels-8x8').value).toBeNaN()
    expect(bad.warnings).toEqual([expect.stringMatching(/cannot be told in pixels-8x8: 60 films are near copies/)])
    const { films, card } = await exporting(generated, bad)
    expect(films).toEqual([])
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toMatch(/^cannot be told/)
  })

  test('refusals: films that were not looked at, another table', async () => {
    const found = await report(inputsOf(real(0), honest(0)))
    await expect(exporting(honest(0, 61), found)).rejects.toThrow(
      /1 generated films were not looked at, such as film-60/,
    )
    const bare = { ...found, scores: found.scores.filter(({ metric }) => metric.startsWith('distance')) }
    await expect(exporting(honest(0), bare)).rejects.toThrow(/scores: hold no near-copy-/)
    const copied = await report(inputsOf(real(0), planted))
    const other = { ...copied.neighbours, columns: ['film'] }
    await expect(exporting(planted, { ...copied, neighbours: other })).rejects.toThrow(/is not the table of/)
    await expect(exporting(planted, { ...copied, neighbours: found.neighbours })).rejects.toThrow(
      /does not say what film-42 copies/,
    )
    const denied = { ...copied.neighbours, cells: copied.neighbours.cells.map((cells) => cells.with(2, 'no')) }
    await expect(exporting(planted, { ...copied, neighbours: denied })).rejects.toThrow(/does not say what film-/)
  })
})
