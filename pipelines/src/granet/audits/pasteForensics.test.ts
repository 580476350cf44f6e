// The forensics, part by part on tiny cases; whole, on five seeds of the phantom, in the long test.
import { describe, expect, it } from '@jest/globals'
import type { PairRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { edgeKink } from './edgeKink.ts'
import { graftForensics, type ForensicPair } from './graftForensics.ts'
import { lineStrength } from './lineStrength.ts'
import { logisticRegression } from './logisticRegression.ts'
import { pasteForensics } from './pasteForensics.ts'
import { run } from './pasteForensics.run.ts'
import { seamFeatures } from './seamFeatures.ts'
import { strongestBox } from './strongestBox.ts'

describe('strongestBox', () => {
  it('a whole outline of 6 by 4 steps has 2 · 6 + 2 · 4 pixels of 1 − threshold each', () => {
    const [height, width] = [20, 20]
    const [upright, level] = [new Float32Array(400), new Float32Array(400)]
    for (let y = 6; y < 12; y++) upright[y * width + 5] = upright[y * width + 9] = 1
    for (let x = 5; x < 9; x++) level[6 * width + x] = level[12 * width + x] = 1
    const sum = strongestBox(upright, level, height, width, { side: 3, margin: 2, threshold: 0.25 })
    expect(sum).toBeCloseTo(20 * 0.75)
    // without its left edge the best box pays for pixels that say nothing
    for (let y = 6; y < 12; y++) upright[y * width + 5] = 0
    expect(strongestBox(upright, level, height, width, { side: 3, margin: 2, threshold: 0.25 })).toBeLessThan(12)
  })
})

it('lineStrength: mean², over the noise that a mean of so many has where nothing lies beside', () => {
  const response = new Float32Array(30 * 30)
  for (let y = 10; y < 18; y++) response[y * 30 + 15] = 0.5
  const strength = lineStrength(response, 30, 30, 8, 0.1)
  expect(strength[10 * 30 + 15]).toBeCloseTo(0.5 ** 2 / (0.1 ** 2 / 8), 1) // 200
  expect(strength[14 * 30 + 15]).toBeCloseTo(0.25 ** 2 / (0.1 ** 2 / 8), 1) // half of it lies on the line
  expect(strength[23 * 30 + 15]).toBe(0) // it would leave the film
})

it('logisticRegression: without ridge the odds of groups are those that were counted', () => {
  const x = [0, 0, 0, 0, 1, 1, 1, 1].map((v) => Float64Array.of(v))
  const odds = logisticRegression(x, [0, 0, 0, 1, 0, 1, 1, 1], { ridge: 0 })
  expect(odds(Float64Array.of(0))).toBeCloseTo(Math.log(1 / 3), 6)
  expect(odds(Float64Array.of(1))).toBeCloseTo(Math.log(3), 6)
})

describe('graftForensics', () => {
  const pairs = (n: number, gap: number): ForensicPair[] =>
    Array.from({ length: n }, (_, i) => ({
      host: `h${i}`,
      hostPatient: `p${i}`,
      donorPatient: `p${(i + 1) % n}`,
      untouched: Float64Array.from(rng(`u${i}`).normals(3)),
      grafted: Float64Array.from(rng(`g${i}`).normals(3), (v, k) => (k === 0 ? v + gap : v)),
    }))

  it('finds what differs, and nothing where nothing does', () => {
    expect(graftForensics(pairs(60, 4), rng(1), { resamples: 200 })!.auc).toBeGreaterThan(0.97)
    const none = graftForensics(pairs(60, 0), rng(1), { resamples: 200 })!
    expect(none.low).toBeLessThan(0.5)
    expect(none).toMatchObject({ pairs: 60 })
  })

  it('what a patient looks like is no cue: features that name the patient give no AUC above chance', () => {
    // donors are few, so that a classifier that had seen a donor's film would know its grafts
    const named = Array.from({ length: 60 }, (_, i): ForensicPair => {
      const one = (k: number) => Float64Array.from({ length: 6 }, (__, j) => (j === k ? 1 : 0))
      return {
        host: `h${i}`,
        hostPatient: `p${i}`,
        donorPatient: `d${i % 6}`,
        untouched: one((i + 1) % 6),
        grafted: one(i % 6),
      }
    })
    expect(graftForensics(named, rng(1), { resamples: 50 })!.auc).toBeLessThan(0.6)
  })

  it('gives up where donors or films leave nothing to learn from', () => {
    expect(graftForensics(pairs(6, 4), rng(1))).toBeUndefined()
    const oneDonor = pairs(60, 4).map((pair) => ({ ...pair, donorPatient: 'd' }))
    expect(graftForensics(oneDonor, rng(1))).toBeUndefined()
  })
})

it('seamFeatures: a faint box on noise raises the outline, and films without noise give numbers', () => {
  const flat = new Float32Array(64 * 64).fill(0.5)
  const noisy = Float32Array.from(rng(3).normals(64 * 64), (v) => 0.5 + 0.004 * v)
  const boxed = noisy.map((v, i) => (i % 64 >= 20 && i % 64 < 40 && i >= 64 * 16 && i < 64 * 44 ? v + 0.03 : v))
  expect(seamFeatures(flat, 64, 64).every(Number.isFinite)).toBe(true)
  expect(seamFeatures(boxed, 64, 64)[1]! - seamFeatures(noisy, 64, 64)[1]!).toBeGreaterThan(2)
})

it('edgeKink: by hand on a slope, a step, a kink, and where the outline lies', () => {
  const [height, width] = [24, 24]
  const film = (of: (x: number, y: number) => number) =>
    Float32Array.from({ length: height * width }, (_, i) => of(i % width, Math.floor(i / width)))
  const right = Uint8Array.from(film((x) => (x >= 12 ? 1 : 0)))
  const kink = (of: (x: number, y: number) => number, mask = right) => edgeKink(film(of), mask, height, width)
  expect(kink((x) => x / 64)).toBe(0) // no second difference anywhere
  expect(kink((x) => (x >= 12 ? 0.5 : 0))).toBeCloseTo(Math.log(0.501 / 0.001), 4)
  expect(kink((x) => Math.max(0, x - 12) / 8)).toBeCloseTo(Math.log(0.126 / 0.001), 4)
  expect(kink((x) => (x >= 15 ? 0.5 : 0))).toBeCloseTo(Math.log(0.001 / (0.25 + 0.001)), 4) // it lies beside the outline
  const below = Uint8Array.from(film((_, y) => (y >= 12 ? 1 : 0)))
  expect(kink((_, y) => (y >= 12 ? 0.5 : 0), below)).toBeCloseTo(Math.log(501), 4)
  expect(kink((x) => (x >= 3 ? 0.5 : 0), Uint8Array.from(film((x) => (x >= 3 ? 1 : 0))))).toBe(0) // too near the border
})

describe('paste-forensics', () => {
  const ids = ['a', 'b', 'c']
  const films = filmsInMemory(ids, 32, (id) => rng(id).uniforms(32 * 32))
  const grafts = (id: string) => filmsInMemory([id], 32, () => rng(id).uniforms(32 * 32))
  const tables = cohortTables(ids, { partOf: (i) => (i === 2 ? 'test' : 'train'), having: (i) => i === 1 })
  const params = defaultsOf(pasteForensics, { resamples: 50 })
  const asked = async (id: string, contents?: ReadonlyArray<PairRow>) =>
    run({
      params,
      inputs: {
        films,
        pasted: grafts(id),
        blended: grafts(id),
        generated: undefined,
        contents,
        boxes: undefined,
        ...tables,
      },
      ctx: stageContext(),
    })

  it('refuses grafts of test films, of lesions, and films that are no graft', async () => {
    await expect(asked('a+c')).rejects.toThrow('film c of a+c is not of the training part')
    await expect(asked('a+b')).rejects.toThrow('film b of a+b is not of class Normal')
    await expect(asked('a')).rejects.toThrow('is not the id of a synthetic film')
  })

  it('where somebody else lent the pixels, it is their class and part that count, not the donor’s of the boxes', async () => {
    const lent = (film: string, donor: string) => [{ film, donor, rank: 0, distance: 0 }]
    await expect(asked('a+b', lent('a', 'c'))).rejects.toThrow('film c of a+b is not of the training part')
    await expect(asked('a+b', lent('b', 'a'))).rejects.toThrow('nobody who lent pixels to a')
  })

  it('refuses boxes that are not those of the grafts', async () => {
    const normal = { ...tables, labels: tables.labels.map((row) => ({ ...row, class: 'Normal' })) }
    const made = { films, pasted: grafts('a+b'), blended: grafts('a+b'), generated: undefined, contents: undefined }
    await expect(run({ params, inputs: { ...made, boxes: [], ...normal }, ctx: stageContext() })).rejects.toThrow(
      'donor b has no box',
    )
  })

  it('too few grafts: a row that says nothing, and a warning', async () => {
    const ctx = stageContext()
    const normal = { ...tables, labels: tables.labels.map((row) => ({ ...row, class: 'Normal' })) }
    const inputs = {
      films,
      pasted: grafts('a+b'),
      blended: grafts('a+b'),
      generated: undefined,
      contents: undefined,
      boxes: [{ film: 'b', x0: 8, y0: 8, x1: 20, y1: 20, label: 'opacity' }],
      ...normal,
    }
    const { metrics } = await run({ params, inputs, ctx })
    expect(metrics.map(({ arm, metric, value }) => [arm, metric, value])).toEqual([
      ['paste', 'forensics-auc', NaN],
      ['paste', 'forensics-auc-at-box', expect.any(Number)], // nothing is learnt for it
      ['paste', 'forensics-valid', expect.any(Number)],
      ['poisson', 'forensics-auc', NaN],
      ['poisson', 'forensics-auc-at-box', expect.any(Number)],
    ])
    expect(ctx.warnings[0]).toContain('too few')
  })
})
