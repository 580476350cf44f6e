// The stages of pseudo-abnormal films on small films in memory, whose nearest donors and whose pixels are known by hand.
import { existsSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { BoxRow, PairRow, Part } from '@radiograft/pipeline'
import { cohortTables, collectFilms, defaultsOf, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import * as stages from './index.ts'
import { graftLesion, nearestAbnormal, nearestNormal, repeatPositives, syntheticTables } from './index.ts'
import { run as runGraftLesion } from './graftLesion.run.ts'
import { run as runNearestAbnormal } from './nearestAbnormal.run.ts'
import { run as runNearestNormal } from './nearestNormal.run.ts'
import { run as runRepeatPositives } from './repeatPositives.run.ts'
import { run as runSyntheticTables } from './syntheticTables.run.ts'

const SIDE = 8
interface Shown {
  readonly id: string
  readonly grey: number
  readonly class: string
  readonly part?: Part
  readonly patient?: string
}
// Flat films: the distance of two is 32 times the difference of their grey levels. All but two of the training part.
const shown: ReadonlyArray<Shown> = [
  { id: 'a1', grey: 0.25, class: 'Lung Opacity', patient: 'anna' },
  { id: 'a2', grey: 0.75, class: 'Lung Opacity' },
  { id: 'a3', grey: 0.5, class: 'Lung Opacity', part: 'test' },
  { id: 'n1', grey: 0.25, class: 'Normal', patient: 'anna' },
  { id: 'n2', grey: 0.375, class: 'Normal' },
  { id: 'n3', grey: 0.5, class: 'Normal' },
  { id: 'n4', grey: 0.5, class: 'Normal', part: 'validation' },
  { id: 'o1', grey: 0.875, class: 'Other' },
]
const ids = shown.map(({ id }) => id)
const having = (i: number): boolean => shown[i]!.class === 'Lung Opacity'
const { cohort, labels, split } = cohortTables(ids, {
  partOf: (i) => shown[i]!.part ?? 'train',
  having,
  classOf: (i) => shown[i]!.class,
  patientOf: (film, i) => shown[i]!.patient ?? `patient of ${film}`,
})
const films = filmsInMemory(ids, SIDE, (_, i) => new Float32Array(SIDE * SIDE).fill(shown[i]!.grey))
const boxes: ReadonlyArray<BoxRow> = [
  { film: 'a1', x0: 2, y0: 3, x1: 5, y1: 7, label: 'opacity' },
  { film: 'a2', x0: -3, y0: 1, x1: 2, y1: 4, label: 'opacity' },
  { film: 'a2', x0: 5, y0: 5, x1: 9.5, y1: 7, label: 'opacity' },
  { film: 'a2', x0: 7.75, y0: 0, x1: 12, y1: 2, label: 'opacity' }, // covers no pixel's centre
  { film: 'a3', x0: 1, y0: 1, x1: 3, y1: 3, label: 'opacity' },
]
const tables = { films, boxes, labels, cohort, split }
const pair = (film: string, donor: string, rank = 0): PairRow => ({ film, donor, rank, distance: 0 })
const chosen = (pairs: ReadonlyArray<PairRow>) =>
  pairs.map(({ film, donor, distance }) => [film, donor, Math.round(1000 * distance) / 1000])

test('each definition names an entry that exists', () => {
  for (const stage of Object.values(stages)) expect(existsSync(stage.entry)).toBe(true)
})

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

/** Films without two equal pixels, so that a pixel says where it comes from. */
const textured = filmsInMemory(ids, SIDE, (id) => rng(id).uniforms(SIDE * SIDE))
const pixelsOf = async (id: string): Promise<Float32Array> => (await textured.rows([textured.indexOf(id)]))[0]!
/** Where a film has the pixels of `id`, by position. */
const from = async (pixels: Float32Array, id: string): Promise<number[]> => {
  const own = await pixelsOf(id)
  return Array.from(pixels.keys()).filter((p) => pixels[p] === own[p])
}
const area = (x0: number, y0: number, x1: number, y1: number): number[] =>
  Array.from({ length: SIDE * SIDE }, (_, p) => p).filter((p) => {
    const [x, y] = [p % SIDE, Math.floor(p / SIDE)]
    return x >= x0 && x < x1 && y >= y0 && y < y1
  })
const all = area(0, 0, SIDE, SIDE)
const except = (inside: ReadonlyArray<number>): number[] => all.filter((p) => !inside.includes(p))
const ascending = (positions: ReadonlyArray<number>): number[] => positions.toSorted((a, b) => a - b)

describe('graft-lesion', () => {
  const make = async (
    pairs: ReadonlyArray<PairRow>,
    { contents, rank = 0 }: { readonly contents?: ReadonlyArray<PairRow>; readonly rank?: number } = {},
  ) => {
    const ctx = stageContext()
    const { pasted, blended } = await runGraftLesion({
      params: defaultsOf(graftLesion, { rank }),
      inputs: { films: textured, boxes, split, pairs, contents },
      ctx,
    })
    expect(pasted).toMatchObject({ height: SIDE, width: SIDE, storage: 'uint16' })
    return { pasted: await collectFilms(pasted), blended: await collectFilms(blended), ctx }
  }
  const ofA2 = ascending([...area(0, 1, 2, 4), ...area(5, 5, 8, 7)])

  test('the donor inside the donor’s boxes, the host outside, bit by bit; ids ascend whatever the pairs’ order', async () => {
    const { pasted, blended, ctx } = await make([pair('n3', 'a1'), pair('n1', 'a2'), pair('n1', 'a1', 1)])
    for (const made of [pasted, blended]) expect(made.map(({ id }) => id)).toEqual(['n1+a2', 'n3+a1'])
    expect(await from(pasted[0]!.pixels, 'a2')).toEqual(ofA2)
    expect(await from(pasted[0]!.pixels, 'n1')).toEqual(except(ofA2))
    expect(await from(blended[0]!.pixels, 'n1')).toEqual(expect.arrayContaining(except(ofA2)))
    expect(await from(pasted[1]!.pixels, 'a1')).toEqual(area(2, 3, 5, 7))
    expect(await from(blended[1]!.pixels, 'n3')).toEqual(expect.arrayContaining(except(area(2, 3, 5, 7))))
    expect(blended[0]!.pixels).not.toEqual(pasted[0]!.pixels)
    expect(ctx.done).toEqual([1, 2, 1, 2])
  })

  test('another rank: the other donor', async () => {
    const { pasted } = await make([pair('n1', 'a2'), pair('n1', 'a1', 1)], { rank: 1 })
    expect(pasted.map(({ id }) => id)).toEqual(['n1+a1'])
  })

  test('a film that lends to itself comes back as it was', async () => {
    const { pasted, blended } = await make([pair('a2', 'a2')])
    expect(pasted).toEqual([{ id: 'a2+a2', pixels: await pixelsOf('a2') }])
    expect(blended).toEqual(pasted)
  })

  test('contents: pixels of another film in the same boxes, under the same id', async () => {
    const { pasted, blended } = await make([pair('n1', 'a2')], { contents: [pair('n1', 'n2'), pair('n1', 'n3', 1)] })
    expect(pasted.map(({ id }) => id)).toEqual(['n1+a2'])
    expect(await from(pasted[0]!.pixels, 'n2')).toEqual(ofA2)
    expect(await from(pasted[0]!.pixels, 'a2')).toEqual([])
    expect(await from(blended[0]!.pixels, 'n1')).toEqual(expect.arrayContaining(except(ofA2)))
  })

  test('a host, a donor or a content of another part is refused, by its film', async () => {
    await expect(make([pair('n1', 'a3')])).rejects.toThrow(/pairs: 1 film\(s\) are not of the training part: a3\. Wire/)
    await expect(make([pair('n4', 'a1'), pair('n1', 'a3')])).rejects.toThrow(/2 film\(s\) .*: a3, n4\./)
    await expect(make([pair('n1', 'a1')], { contents: [pair('n1', 'n4')] })).rejects.toThrow(/contents: 1 .*: n4\./)
  })

  test('other refusals', async () => {
    await expect(make([pair('n1', 'a1')], { rank: 1 })).rejects.toThrow(/no pair of rank 1 among 1/)
    await expect(make([pair('n1', 'n2')])).rejects.toThrow(/boxes: donor n2 has none/)
    await expect(make([pair('n1', 'a1')], { contents: [pair('n2', 'n3')] })).rejects.toThrow(/no film for host n1/)
  })
})

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

test('known answer 3: nothing done is farthest from the truth, then paste, then Poisson', async () => {
  // smooth lungs of unequal exposure; the lesion of one belongs on the other, so the true film is known
  const side = 48
  const lung = (phase: number, level: number): Float32Array =>
    Float32Array.from(
      { length: side * side },
      (_, i) => level + 0.1 * Math.sin((i % side) / 9 + phase) + 0.07 * Math.cos(Math.floor(i / side) / 7 - phase),
    )
  const lesion = Float32Array.from(
    { length: side * side },
    (_, i) => 0.2 * Math.exp(-(((i % side) - 20) ** 2 + (Math.floor(i / side) - 22) ** 2) / 30),
  )
  const plus = (a: Float32Array, b: Float32Array): Float32Array => a.map((v, i) => v + b[i]!)
  const healthy = lung(0, 0.4)
  const pictures = [plus(lung(0.2, 0.43), lesion), healthy]
  const own = cohortTables(['donor', 'host'], { partOf: () => 'train', having: (i) => i === 0 })
  const pairs = [pair('host', 'donor')]
  const { pasted, blended } = await runGraftLesion({
    params: defaultsOf(graftLesion),
    inputs: {
      films: filmsInMemory(['donor', 'host'], side, (_, i) => pictures[i]!),
      boxes: [{ film: 'donor', x0: 6, y0: 8, x1: 34, y1: 36, label: 'opacity' }],
      split: own.split,
      pairs,
      contents: undefined,
    },
    ctx: stageContext(),
  })
  const truth = plus(healthy, lesion)
  const error = (pixels: Float32Array): number =>
    Math.sqrt(
      pixels.reduce((sum, v, i) => {
        const [x, y] = [i % side, Math.floor(i / side)]
        return x >= 6 && x < 34 && y >= 8 && y < 36 ? sum + (v - truth[i]!) ** 2 : sum
      }, 0) /
        (28 * 28),
    )
  const [none, paste, poisson] = [
    error(healthy),
    error((await collectFilms(pasted))[0]!.pixels),
    error((await collectFilms(blended))[0]!.pixels),
  ] as const
  // the lesion's root mean square over the box is .2 · √(15π) / 28 = .049, and nothing done misses all of it
  expect(none).toBeCloseTo(0.049, 3)
  expect([paste < none, poisson < paste]).toEqual([true, true])
  expect(poisson).toBeLessThan(none / 2)
})
