// Grafts whose truth is known: exact answers on small films, and the order of phantom answer 3 on rendered ones.
import { describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { graftLikeness, type GraftPair } from './graftLikeness.ts'
import { graftMetrics } from './graftMetrics.ts'
import { graftPairs } from './graftPairs.ts'

const SIZE = 24
const smooth = (phase: number): Float32Array =>
  Float32Array.from({ length: SIZE ** 2 }, (_, i) => 0.4 + 0.1 * Math.sin((i % SIZE) / 6 + phase))
const lesion = Float32Array.from(
  { length: SIZE ** 2 },
  (_, i) => 0.2 * Math.exp(-(((i % SIZE) - 12) ** 2 + (Math.floor(i / SIZE) - 12) ** 2) / 8),
)
const plus = (a: Float32Array, b: Float32Array): Float32Array => a.map((v, i) => v + b[i]!)
const pair = (recipient: Float32Array, donorTwin: Float32Array): GraftPair => ({
  film: 'f',
  patient: 'p',
  donorFilm: 'd',
  recipient,
  donor: plus(donorTwin, lesion),
  donorTwin,
  truth: plus(recipient, lesion),
  boxes: [[3, 3, 21, 21]],
})

describe('graftLikeness', () => {
  it('between a film and itself every graft is the truth but none (phantom answer 3, exact)', () => {
    const { psnr, films } = graftLikeness(pair(smooth(0), smooth(0)), SIZE)
    expect(psnr.paste).toBe(99)
    expect(psnr.poisson).toBe(99)
    expect(psnr.delta).toBeGreaterThan(98)
    // mean of lesion² over 18 × 18 pixels: .2² · π · 4 / 324 = .00155, so 28.1 dB
    expect(psnr.none).toBeCloseTo(28.1, 1)
    expect(films.none).toEqual(smooth(0))
  })

  it('between films of other exposure: none < paste < Poisson < difference added', () => {
    const { psnr } = graftLikeness(
      pair(
        smooth(0),
        smooth(0.4).map((v) => v + 0.04),
      ),
      SIZE,
    )
    const { none, paste, poisson, delta } = psnr
    expect(none).toBeLessThan(paste!)
    expect(paste).toBeLessThan(poisson!)
    expect(poisson).toBeLessThan(delta!)
  })

  it('a donor whose own content is not known gives no difference to add', () => {
    const { donorTwin: _, ...without } = pair(smooth(0), smooth(1))
    expect(Object.keys(graftLikeness(without, SIZE).psnr)).toEqual(['none', 'paste', 'poisson'])
  })
})

it('graftMetrics: means, and paired gains, whose interval is a point when all pairs gain alike', () => {
  const scores = [
    { none: 10, paste: 12, poisson: 15 },
    { none: 20, paste: 22, poisson: 25 },
  ]
  const rows = graftMetrics(['p', 'q'], scores, rng(1), { resamples: 50 })
  expect(rows.map(({ metric, value, n, unit }) => [metric, value, n, unit])).toEqual([
    ['psnr-none', 15, 2, 'dB'],
    ['psnr-paste', 17, 2, 'dB'],
    ['psnr-poisson', 20, 2, 'dB'],
    ['psnr-gain-paste-over-none', 2, 2, 'dB'],
    ['psnr-gain-poisson-over-paste', 3, 2, 'dB'],
  ])
  expect(rows[3]).toMatchObject({ low: 2, high: 2, arm: 'graft', part: 'phantom' })
  expect(rows[0]!.low).toBeLessThan(15)
})

it('graftPairs: other patients lend, and nothing but the boxes differs from the truth', async () => {
  const pairs = await graftPairs({ seed: 3, pairs: 4, size: 32, difficulty: 0.4, threads: 0 })
  expect(pairs.length).toBeGreaterThan(1)
  expect(pairs.length).toBeLessThanOrEqual(4)
  for (const { film, donorFilm, recipient, truth, boxes } of pairs) {
    expect(donorFilm).not.toBe(film)
    expect(boxes.length).toBeGreaterThan(0)
    const inside = (p: number): boolean =>
      boxes.some(([x0, y0, x1, y1]) => {
        const [x, y] = [p % 32, Math.floor(p / 32)]
        return x >= x0 - 4 && x < x1 + 4 && y >= y0 - 4 && y < y1 + 4 // a lesion’s tail reaches beyond its box
      })
    const changed = Array.from(recipient.keys()).filter((p) => recipient[p] !== truth[p])
    expect(changed.length).toBeGreaterThan(10)
    expect(changed.every(inside)).toBe(true)
  }
})
