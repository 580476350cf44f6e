// Who lends what to whom, on films whose distances are known by hand.
import { describe, expect, test } from '@jest/globals'
import type { PairRow } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { boxes, chosen, cohort, labels, pair, split, tables } from '../testing/smallFilms.ts'
import { nearestAbnormal, nearestNormal } from './index.ts'
import { run as runNearestAbnormal } from './nearestAbnormal.run.ts'
import { run as runNearestNormal } from './nearestNormal.run.ts'

describe('nearest-abnormal', () => {
  const find = async (given: object = {}, inputs: object = {}, ctx = stageContext()) => ({
    ...(await runNearestAbnormal({
      params: defaultsOf(nearestAbnormal, given),
      inputs: { ...tables, ...inputs },
      ctx,
    })),
    ctx,
  })

  test('training films of class Normal get the nearest training film with a box, of another patient', async () => {
    const { pairs, provenance, counts, ctx } = await find()
    // n1 is a1's twin in grey, and its patient: it gets a2. a3 would be nearest to n3, and is a test film.
    expect(chosen(pairs)).toEqual([
      ['n1', 'a2', 16],
      ['n2', 'a1', 4],
      ['n3', 'a1', 8], // as far from a2: the lower id
    ])
    expect(pairs.every(({ rank }) => rank === 0)).toBe(true)
    expect(provenance.map(({ film }) => film)).toEqual(['a1', 'a2', 'n1', 'n2', 'n3'])
    expect(provenance[0]).toEqual({ product: 'pseudo-abnormal', film: 'a1', patient: 'anna', role: 'donor' })
    expect(counts.cells).toEqual([[3, 3, 2, 2, 1.8, 'a1', 2, 66.7]])
    expect(counts.columns).toHaveLength(counts.cells[0]!.length)
    expect(ctx.logs).toEqual([
      '3 hosts of 3 that could be, 2 donors in the pool, 2 of them nearest to some host; the most used one is nearest to 2',
    ])
  })

  test('negatives: every training film without the finding', async () => {
    const { pairs } = await find({ hosts: 'negatives' })
    expect(chosen(pairs).at(-1)).toEqual(['o1', 'a2', 4])
    expect(pairs).toHaveLength(4)
  })

  test('a film with a box is no host, one whose boxes cover no pixel no donor', async () => {
    const more = [
      ...boxes.filter(({ film }) => film !== 'a2'),
      { film: 'a2', x0: 9, y0: 0, x1: 12, y1: 4, label: 'opacity' },
      { film: 'n1', x0: 0, y0: 0, x1: 4, y1: 4, label: 'nodule' },
    ]
    expect(chosen((await find({}, { boxes: more })).pairs)).toEqual([
      ['n2', 'a1', 4],
      ['n3', 'a1', 8],
    ])
  })

  test('pairs do not depend on the order of any rows', async () => {
    const turned = Object.fromEntries(
      Object.entries({ boxes, labels, cohort, split }).map(([name, rows]) => [name, rows.toReversed()]),
    )
    for (const given of [{}, { most: 2 }, { hosts: 'negatives' }]) {
      const { pairs, provenance, counts } = await find(given)
      const again = await find(given, turned)
      expect(again.pairs).toEqual(pairs)
      expect(again.provenance).toEqual(provenance)
      expect(again.counts).toEqual(counts)
    }
  })

  test('most: some of the hosts, the same for all that share a seed', async () => {
    const { pairs, counts } = await find({ most: 2 })
    expect(pairs).toHaveLength(2)
    expect(counts.cells[0]!.slice(0, 2)).toEqual([3, 2])
    expect((await find({ most: 2 })).pairs).toEqual(pairs)
    const others = await Promise.all(
      Array.from({ length: 12 }, (_, seed) => find({ most: 2 }, {}, stageContext({ seed }))),
    )
    expect(new Set(others.map((other) => other.pairs.map(({ film }) => film).join())).size).toBeGreaterThan(1)
  })

  test('donors that are spread lend equally often, at their own distances, and never to their patient', async () => {
    // two donors for three hosts: n1 is of a1's patient
    const { pairs } = await find({ donors: 'spread' })
    expect(pairs.map(({ film }) => film)).toEqual(['n1', 'n2', 'n3'])
    expect(pairs[0]).toMatchObject({ donor: 'a2', distance: 16, rank: 0 })
    expect(new Set(pairs.map(({ donor }) => donor)).size).toBe(2)
    const far = { 'n2 a1': 4, 'n3 a1': 8, 'n3 a2': 8 } as Record<string, number>
    for (const { film, donor, distance } of pairs.slice(1))
      if (`${film} ${donor}` in far) expect(distance).toBeCloseTo(far[`${film} ${donor}`]!, 4)
    await expect(find({ donors: 'spread', k: 2 })).rejects.toThrow(/set k=1, or donors=nearest/)
  })

  test('refusals say what is missing, by film and never by patient', async () => {
    await expect(find({ k: 2 })).rejects.toThrow(/pool: film n1 has 1 donors of other patients among 2, k is 2/)
    await expect(find({ hostClass: 'normal' })).rejects.toThrow(/hosts: no film of class “normal” in the training part/)
    await expect(find({}, { boxes: [] })).rejects.toThrow(/boxes: no positive film/)
  })
})

describe('nearest-normal', () => {
  const find = (inputs: { readonly hosts: ReadonlyArray<PairRow> | undefined }) =>
    runNearestNormal({
      params: defaultsOf(nearestNormal),
      inputs: { ...tables, ...inputs },
      ctx: stageContext(),
    })
  test('films with boxes, of any part, get the nearest normal training film of another patient', async () => {
    const { pairs, provenance } = await find({ hosts: undefined })
    expect(chosen(pairs)).toEqual([
      ['a1', 'n2', 4],
      ['a2', 'n3', 8],
      ['a3', 'n3', 0],
    ])
    expect(provenance.map(({ product, film, role }) => [product, film, role])).toEqual([
      ['graft', 'n2', 'donor'],
      ['graft', 'n3', 'donor'],
    ])
  })
  test('hosts of pairs get one too: never themselves', async () => {
    const { pairs } = await find({ hosts: [pair('n3', 'a1'), pair('n1', 'a2'), pair('n3', 'a2', 1)] })
    expect(chosen(pairs)).toEqual([
      ['n1', 'n2', 4],
      ['n3', 'n2', 4],
    ])
  })
})
