// Films that are repeated, and the tables of boxes and labels of all that is added.
import { describe, expect, test } from '@jest/globals'
import { collectFilms, defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { cohort, pair, pixelsOf, split, tables, textured } from '../testing/smallFilms.ts'
import { repeatPositives, syntheticTables } from './index.ts'
import { run as runRepeatPositives } from './repeatPositives.run.ts'
import { run as runSyntheticTables } from './syntheticTables.run.ts'

test('repeat-positives: the donor itself, under the ids of the grafts', async () => {
  const { films: out } = await runRepeatPositives({
    params: defaultsOf(repeatPositives),
    inputs: { films: textured, split, pairs: [pair('n3', 'a1'), pair('n1', 'a2')] },
    ctx: stageContext(),
  })
  expect(await collectFilms(out)).toEqual([
    { id: 'n1+a2', pixels: await pixelsOf('a2') },
    { id: 'n3+a1', pixels: await pixelsOf('a1') },
  ])
  await expect(async () =>
    runRepeatPositives({
      params: defaultsOf(repeatPositives),
      inputs: { films: textured, split, pairs: [pair('n1', 'a3')] },
      ctx: stageContext(),
    }),
  ).rejects.toThrow(/not of the training part: a3/)
})

describe('synthetic-tables', () => {
  const pairs = [pair('n3', 'a1'), pair('n1', 'a2'), pair('o1', 'a1', 1)]
  const make = async (given: object = {}, inputs: object = {}) =>
    runSyntheticTables({
      params: defaultsOf(syntheticTables, given),
      inputs: { ...tables, pairs, ...inputs },
      ctx: stageContext(),
    })

  test('boxes of the donor clipped to the film, its class; person, patient and unit of the host', async () => {
    const out = await make()
    const opacity = { film: 'n1+a2', label: 'opacity' }
    expect(out.boxes).toEqual([
      { ...opacity, x0: 0, y0: 1, x1: 2, y1: 4 },
      { ...opacity, x0: 5, y0: 5, x1: 8, y1: 7 },
      { film: 'n3+a1', label: 'opacity', x0: 2, y0: 3, x1: 5, y1: 7 },
    ])
    expect(out.labels).toEqual([
      { film: 'n1+a2', class: 'Lung Opacity', target: 1 },
      { film: 'n3+a1', class: 'Lung Opacity', target: 1 },
    ])
    expect(out.cohort[0]).toEqual({ ...cohort.find(({ film }) => film === 'n1')!, film: 'n1+a2' })
    expect(out.split).toEqual([
      { film: 'n1+a2', patient: 'anna', part: 'train', unit: 'patient', sealed: false },
      { film: 'n3+a1', patient: 'patient of n3', part: 'train', unit: 'patient', sealed: false },
    ])
  })

  test('label removed: no boxes, class and target of the host, the rest unchanged', async () => {
    const [out, labelled] = [await make({ label: 'host' }), await make()]
    expect(out.boxes).toEqual([])
    expect(out.labels.map((row) => [row.class, row.target])).toEqual([
      ['Normal', 0],
      ['Normal', 0],
    ])
    expect([out.cohort, out.split]).toEqual([labelled.cohort, labelled.split])
  })

  test('the films of the tables are those that are drawn, whatever the order of the pairs', async () => {
    const turned = await make({}, { pairs: pairs.toReversed() })
    expect(turned).toEqual(await make())
    const { films: out } = await runRepeatPositives({
      params: defaultsOf(repeatPositives),
      inputs: { films: textured, split, pairs },
      ctx: stageContext(),
    })
    expect((await collectFilms(out)).map(({ id }) => id)).toEqual(turned.labels.map(({ film }) => film))
  })

  test('a leak is refused by its film; a film without a row as well', async () => {
    await expect(make({}, { pairs: [pair('n1', 'a3')] })).rejects.toThrow(/pairs: 1 film\(s\) .*: a3\./)
    await expect(make({}, { pairs: [pair('n4', 'a1')] })).rejects.toThrow(/pairs: 1 film\(s\) .*: n4\./)
    await expect(make({}, { labels: [] })).rejects.toThrow(/labels: has no row for film a2/)
  })
})
