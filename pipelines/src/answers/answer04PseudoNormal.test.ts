// Phantom answer 4, pseudo-normals: PSNR to the lesion-free twin inside the boxes, of what any generator must beat (the input
// copied, the mean normal, one grey) and of what none can (the twin itself, seen through other photons).
import { describe, expect, it } from '@jest/globals'
import { renderFilm } from '@radiograft/data-io'
import { boxMask } from '@radiograft/geometry'
import { psnr } from '@radiograft/metrics'
import { indicesOf } from './indicesOf.ts'
import { mean, meanFilm } from './mean.ts'
import { eightBit, otherNoise } from './otherNoise.ts'
import { quantile } from './quantile.ts'
import { unitFilm } from './unitFilm.ts'

const SEED = 7
const SIZE = 64
const normals = indicesOf(SEED, 'Normal', 24)
const positives = indicesOf(SEED, 'Lung Opacity', 36)

const meanNormal = Float32Array.from(
  meanFilm(normals.map((index) => unitFilm(renderFilm({ seed: SEED, index, size: SIZE }).pixels))),
)
const grey = meanNormal.map(() => mean(meanNormal))

const films = positives.map((index) => {
  const ill = renderFilm({ seed: SEED, index, size: SIZE, bits: 16 })
  // the findings of a normal film are none
  const healthy = { seed: SEED, index, size: SIZE, findingsOf: normals[0] } as const
  const clean = unitFilm(renderFilm({ ...healthy, bits: 16, noise: 0 }).pixels)
  const noisy = unitFilm(ill.twin)
  const twin = noisy.map(eightBit)
  const inside = boxMask(
    ill.findings.map(({ box }) => box),
    SIZE,
    SIZE,
  )
  const film = unitFilm(ill.pixels).map(eightBit)
  const generators = { copy: film, meanNormal, grey, otherNoise: otherNoise(noisy, clean, SIZE), noiseFree: clean }
  return {
    inside: (name: keyof typeof generators) => psnr(generators[name], twin, inside),
    outside: (name: keyof typeof generators) =>
      psnr(
        generators[name],
        twin,
        inside.map((v) => 1 - v),
      ),
  }
})
type Generator = Parameters<(typeof films)[number]['inside']>[0]
const inBoxes = (name: Generator): number[] => films.map(({ inside }) => inside(name))

describe('inside the boxes', () => {
  // the tolerance is two standard errors
  it.each([
    { name: 'grey', measured: 13.5, tolerance: 0.8, document: 12.9 },
    { name: 'copy', measured: 17.8, tolerance: 0.9, document: 17.1 },
    { name: 'meanNormal', measured: 17.7, tolerance: 0.9, document: 17.8 },
    { name: 'otherNoise', measured: 54.2, tolerance: 0.7, document: 54 },
    { name: 'noiseFree', measured: 56.6, tolerance: 0.7, document: 56.7 },
  ] as const)('$name: $measured ± $tolerance dB (document: $document)', ({ name, measured, tolerance }) => {
    expect(Math.abs(mean(inBoxes(name)) - measured)).toBeLessThan(tolerance)
  })
  it('a film copied has 14 to 24 dB (5 to 95 %; document: 13.3 to 22.8)', () => {
    expect(Math.abs(quantile(inBoxes('copy'), 0.05) - 13.9)).toBeLessThan(1)
    expect(Math.abs(quantile(inBoxes('copy'), 0.95) - 24)).toBeLessThan(2)
  })

  it('on every film the ceiling is far above the floor', () => {
    const ceiling = inBoxes('otherNoise')
    inBoxes('copy').forEach((floor, i) => expect(ceiling[i]).toBeGreaterThan(floor + 20))
  })

  it('half the noise variance is three decibels', () => {
    // a film and its like differ by the noise of both, a film and its noise-free render by that of one
    const gain = mean(inBoxes('noiseFree')) - mean(inBoxes('otherNoise'))
    expect(Math.abs(gain - 10 * Math.log10(2))).toBeLessThan(1)
  })
})

describe('outside the boxes', () => {
  it('the copy is nearly the twin: a generator below 40 dB there harms the film', () => {
    // 51.9 dB, at worst 42: a lesion’s faint tail leaves its box. Document: 57; its prototype gives 52.0 on these very films.
    const copy = films.map(({ outside }) => outside('copy'))
    expect(Math.abs(mean(copy) - 51.9)).toBeLessThan(2)
    expect(Math.min(...copy)).toBeGreaterThan(40)
    expect(mean(films.map(({ outside }) => outside('meanNormal')))).toBeLessThan(25) // 18.1: another person
  })
})

describe('the same lesions, ever fainter', () => {
  const deltas = [0.2, 0.6, 0.9, 0.97] as const
  /** Copy to twin over the lesion's own pixels; not redrawn, so that only its strength changes. */
  const ladder = positives.slice(0, 8).map((index) =>
    deltas.map((delta) => {
      const { pixels, twin, findings } = renderFilm({ seed: SEED, index, size: SIZE, delta, redraw: false })
      const marked = twin.map((_, i) => (findings.some(({ mask }) => mask[i] === 1) ? 1 : 0))
      return psnr(unitFilm(pixels), unitFilm(twin), marked)
    }),
  )

  it('each step of δ brings every film nearer to its twin', () => {
    for (const rungs of ladder) rungs.slice(1).forEach((rung, k) => expect(rung).toBeGreaterThan(rungs[k]! + 1))
  })

  it.each([
    // document: 12.2, 16.9, 25.2, 29.6, on other films; its prototype agrees with ours on the same
    [0.2, 14.8],
    [0.6, 19.6],
    [0.9, 28.1],
    [0.97, 32.5],
  ])('δ %f: %f dB', (delta, measured) => {
    const rung = ladder.map((rungs) => rungs[deltas.findIndex((d) => d === delta)]!)
    expect(Math.abs(mean(rung) - measured)).toBeLessThan(1.5)
  })
})
