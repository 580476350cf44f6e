import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { compareScores } from './compareScores.ts'
import { filmsWithBoxes } from './filmsWithBoxes.ts'
import { pseudoNormalScores } from './pseudoNormalScores.ts'

const row = (film: string, value: number) => ({ film, patient: `p-${film}`, metric: 'ap', value })

test('a constant difference has an interval of no width, and its films are those of either arm', () => {
  const arms = [
    { arm: 'a', rows: [row('1', 0.5), row('2', 0.7), row('3', 0.9)] },
    { arm: 'b', rows: [row('1', 0.25), row('2', 0.45), row('3', 0.65)] },
  ]
  const found = compareScores(arms, [['a', 'b']], rng(1), { resamples: 200 })
  expect(found.find((r) => r.arm === 'a')?.value).toBeCloseTo(0.7, 12)
  const difference = found.find((r) => r.arm === 'a − b' && r.metric === 'ap')!
  expect(difference.value).toBeCloseTo(0.25, 12)
  expect(difference.low).toBeCloseTo(0.25, 12)
  expect(difference.high).toBeCloseTo(0.25, 12)
  expect(difference.n).toBe(3)
})

test('a film that only one arm counts moves only that arm', () => {
  const arms = [
    { arm: 'a', rows: [row('1', 1)] },
    { arm: 'b', rows: [row('1', 1), row('2', 0)] },
  ]
  const difference = compareScores(arms, [['a', 'b']], rng(1), { resamples: 50 }).find((r) => r.arm === 'a − b')!
  expect(difference.value).toBe(0.5) // 1 − (1 + 0)/2
  expect(difference.n).toBe(2)
})

test('tested metrics: p, Holm over the contrasts of the metric, and bounds that hold for all of them', () => {
  const arm = (name: string, gain: number, spread: number) => ({
    arm: name,
    rows: [1, 2, 3, 4, 5, 6].map((i) => row(String(i), gain + spread * (i % 2 === 0 ? 1 : -1))),
  })
  const arms = [arm('sure', 0.3, 0), arm('loose', 0.05, 0.1), arm('base', 0, 0)]
  const contrasts = [
    ['sure', 'base'],
    ['loose', 'base'],
  ] as const
  const found = compareScores(arms, contrasts, rng(1), { resamples: 999, tested: ['ap', 'absent'] })
  const at = (pair: string, metric: string) => found.find((r) => r.arm === pair && r.metric === metric)!
  expect(at('sure − base', 'ap-p').value).toBe(2 / 1000)
  expect(at('sure − base', 'ap-p-holm').value).toBe(4 / 1000)
  const loose = at('loose − base', 'ap-p').value
  expect(loose).toBeGreaterThan(0.05)
  expect(at('loose − base', 'ap-p-holm').value).toBe(loose) // the last step counts once
  const [plain, wide] = [at('loose − base', 'ap'), at('loose − base', 'ap-simultaneous')]
  expect(wide.value).toBe(plain.value)
  expect(wide.low).toBeLessThanOrEqual(plain.low)
  expect(wide.high - wide.low).toBeGreaterThan(plain.high - plain.low)
  const untested = compareScores(arms, contrasts, rng(1), { resamples: 999 })
  expect(untested.map(({ metric }) => metric)).toEqual([
    'ap',
    'ap',
    'ap',
    'ap',
    'ap-smallest-detectable',
    'ap',
    'ap-smallest-detectable',
  ])
  expect(untested.every((r) => found.some((other) => other.arm === r.arm && other.value === r.value))).toBe(true)
})

test('seeds and folds: folds of a seed are pooled, a film scored twice is averaged, a metric is there with every seed', () => {
  const of = (arm: string, seed: number, ...rows: ReturnType<typeof row>[]) => ({ arm, seed, rows })
  const arms = [
    of('a', 1, row('1', 1)),
    of('a', 2, row('1', 0), row('2', 0)),
    of('a', 1, row('2', 0.5), row('2', 1)),
    of('b', 2, row('1', 0.25)),
    of('b', 1, row('1', 0.25)),
  ]
  const found = compareScores(arms, [['a', 'b']], rng(1), { resamples: 50 })
  // seed 1: (1 + .75)/2, seed 2: 0
  expect(found.find((r) => r.arm === 'a')).toMatchObject({ value: 0.4375, n: 2 })
  expect(found.find((r) => r.arm === 'a − b')).toMatchObject({ value: 0.4375 - 0.25, n: 2 })
  expect(() => compareScores(arms.slice(0, 4), [['a', 'b']], rng(1))).toThrow(/b lacks seed 1 of a/)
  expect(() => compareScores(arms, [['a', 'c']], rng(1))).toThrow(/no arm c; there are a, b/)
  const other = { ...row('1', 1), metric: 'other' }
  expect(() => compareScores([...arms, of('b', 1, other)], [], rng(1))).toThrow(/seed 2 of b counts no film of other/)
})

test('films without rows are kept, in the order asked for', () => {
  const box = { x0: 0, y0: 0, x1: 2, y1: 2 }
  const films = filmsWithBoxes(
    [{ film: 'b' }, { film: 'a' }],
    [{ film: 'a', ...box, score: 0.5 }],
    [{ film: 'b', ...box }],
  )
  expect(films).toEqual([
    { id: 'b', preds: [], truth: [[0, 0, 2, 2]] },
    { id: 'a', preds: [{ box: [0, 0, 2, 2], score: 0.5 }], truth: [] },
  ])
})

test('a generator that returns the twin gains over copying, keeps the outside, and leaves its residual in the lesion', () => {
  const twin = Float32Array.of(0.2, 0.2, 0.2, 0.2)
  const film = Float32Array.of(0.2, 0.2, 0.2, 0.7) // a lesion of .5 in the last pixel; the box holds the last two
  const boxes = Uint8Array.of(0, 0, 1, 1)
  const scores = pseudoNormalScores({ film, generated: twin, boxes, lesion: [0, 0, 0, 1], twin, normal: false })
  expect(scores['residual-energy-in-lesion']).toBeCloseTo(0.25, 6)
  expect(scores['residual-energy-outside-lesion']).toBe(0)
  expect(scores['residual-energy-in-boxes']).toBeCloseTo(0.125, 6)
  expect(scores['psnr-outside-boxes']).toBe(99)
  // copying: mean square .125 in the box, −10·log10(.125) = 9.03 dB; the twin itself 99 dB
  expect(scores['psnr-to-twin-in-boxes-copying']).toBeCloseTo(9.0309, 3)
  expect(scores['psnr-gain-over-copying']).toBeCloseTo(99 - 9.0309, 3)
})

test('a normal film is judged by identity alone', () => {
  const film = Float32Array.of(0.5, 0.5)
  const scores = pseudoNormalScores({
    film,
    generated: Float32Array.of(0.5, 0.6),
    boxes: Uint8Array.of(0, 0),
    normal: true,
  })
  expect(Object.keys(scores)).toEqual(['identity-mae-normals'])
  expect(scores['identity-mae-normals']).toBeCloseTo(0.05, 6)
})
