// Phantom answer 5, residual attention (G12): what |film − pseudo-normal| tells of the lesion when the pseudo-normal is the
// film's own twin, that is the best there is. Attention that overlaps a mask better than this has seen the mask.
import { describe, expect, it } from '@jest/globals'
import { renderFilm } from '@radiograft/data-io'
import { aucScore } from '@radiograft/metrics'
import { indicesOf } from './indicesOf.ts'
import { mean } from './mean.ts'
import { eightBit, otherNoise } from './otherNoise.ts'
import { unitFilm } from './unitFilm.ts'

const SEED = 7
const SIZE = 64
const absolute = (a: Float32Array, b: Float32Array): Float32Array => a.map((v, i) => Math.abs(v - b[i]!))

/** Intersection over union of the mask and the pixels above a share of the map's maximum. */
const overlap = (map: Float32Array, mask: Uint8Array, share: number): number => {
  const threshold = share * map.reduce((most, v) => Math.max(most, v), 0)
  let [both, either] = [0, 0]
  for (let i = 0; i < map.length; i++) {
    const above = map[i]! > threshold
    if (above && mask[i] === 1) both++
    if (above || mask[i] === 1) either++
  }
  return both / either
}

const [healthyIndex, ...normals] = indicesOf(SEED, 'Normal', 6)

const films = indicesOf(SEED, 'Lung Opacity', 24).map((index) => {
  const ill = renderFilm({ seed: SEED, index, size: SIZE, bits: 16 })
  const bare = { seed: SEED, index, size: SIZE, bits: 16, findingsOf: healthyIndex } as const
  const clean = unitFilm(renderFilm({ ...bare, noise: 0 }).pixels)
  const film = unitFilm(ill.pixels).map(eightBit)
  const twin = unitFilm(ill.twin)
  const mask = Uint8Array.from(twin, (_, i) => (ill.findings.some((finding) => finding.mask[i] === 1) ? 1 : 0))
  return {
    film,
    mask,
    residual: absolute(film, twin.map(eightBit)),
    /** The twin seen through other photons. */
    independent: absolute(film, otherNoise(twin, clean, SIZE)),
  }
})

const auc = (map: 'residual' | 'independent' | 'film'): number[] => films.map((one) => aucScore(one[map], one.mask))
const [byResidual, byIndependent, byBrightness] = [auc('residual'), auc('independent'), auc('film')]

describe('24 films with opacities', () => {
  it('the residual tells the lesion’s pixels from all others: AUC .9994 (document: .9993)', () => {
    expect(Math.min(...byResidual)).toBeGreaterThan(0.997)
    expect(mean(byResidual)).toBeGreaterThan(0.999)
    expect(mean(byResidual)).toBeLessThan(1)
  })

  it('nearly as well through other photons: .9993 (document: .9990)', () => {
    expect(mean(byIndependent)).toBeGreaterThan(0.998)
    expect(mean(byIndependent)).toBeLessThan(mean(byResidual))
  })

  it('the film’s own brightness does not: .43', () => {
    expect(mean(byBrightness)).toBeGreaterThan(0.35)
    expect(mean(byBrightness)).toBeLessThan(0.55)
  })

  it('cut at .3 of its maximum it overlaps the mask by .78 (document: .81)', () => {
    for (const map of ['residual', 'independent'] as const) {
      const iou = mean(films.map((one) => overlap(one[map], one.mask, 0.3)))
      expect(Math.abs(iou - 0.78)).toBeLessThan(0.04) // standard error .015
    }
    expect(mean(films.map((one) => overlap(one.residual, one.mask, 0.5)))).toBeLessThan(0.6) // .51: too high a cut
  })
})

describe('normal films', () => {
  it('leave no residual: film and twin are equal to the bit', () => {
    for (const index of normals) {
      const { pixels, twin } = renderFilm({ seed: SEED, index, size: SIZE })
      expect(pixels).toEqual(twin)
    }
  })

  it('through other photons leave noise alone, a grey level or two', () => {
    const [index] = normals
    const [noisy, clean] = [1, 0].map((noise) =>
      unitFilm(renderFilm({ seed: SEED, index: index!, size: SIZE, bits: 16, noise }).pixels),
    ) as [Float32Array, Float32Array]
    const residual = absolute(noisy.map(eightBit), otherNoise(noisy, clean, SIZE))
    expect(mean(residual)).toBeGreaterThan(0.1 / 255)
    expect(mean(residual)).toBeLessThan(2 / 255)
  })
})
