// Grafts of lesions pixel by pixel, and against a film whose truth is known.
import { describe, expect, test } from '@jest/globals'
import type { PairRow } from '@radiograft/pipeline'
import { cohortTables, collectFilms, defaultsOf, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { boxes, pair, pixelsOf, SIDE, split, textured } from '../testing/smallFilms.ts'
import { graftLesion } from './index.ts'
import { run as runGraftLesion } from './graftLesion.run.ts'

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
