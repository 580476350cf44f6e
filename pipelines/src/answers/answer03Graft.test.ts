// Phantom answer 3, graft (G8): the opacities of A go into the healthy B; what should come out is B rendered with them.
// Pairs and likeness are those of the stage `measure-graft`, so that what a run reports is what is held to its answer here.
import { describe, expect, it } from '@jest/globals'
import { graftFilm, poissonGraft } from '@radiograft/blend'
import { pairedPatientBootstrap } from '@radiograft/metrics'
import { rng } from '@radiograft/random'
import { graftLikeness, type GraftMethod } from '../granet/graftLikeness.ts'
import { graftPairs } from '../granet/graftPairs.ts'
import { mean } from './mean.ts'

const SIZE = 64
const pairs = await graftPairs({ seed: 7, pairs: 32, size: SIZE, difficulty: 0.4, threads: 0 })
const likeness = pairs.map((pair) => graftLikeness(pair, SIZE).psnr as Readonly<Record<GraftMethod, number>>)
const decibel = (method: GraftMethod): number[] => likeness.map((psnr) => psnr[method])

describe('thirty grafts', () => {
  // Document: 17.6, 19.8, 22.5, 24.0 dB. Pairs there and here are other ones: a donor that is the nearest film in place of
  // the next one gains 2 to 3 dB by pasting, and so does a region that follows the lesion in place of its box by Poisson.
  it.each([
    ['none', 16.5],
    ['paste', 18.6],
    ['poisson', 20.6],
    ['delta', 25],
  ] as const)('%s is %f dB from the truth', (method, measured) => {
    expect(Math.abs(mean(decibel(method)) - measured)).toBeLessThan(1) // standard error .6
  })

  it.each([
    ['none', 'paste'],
    ['paste', 'poisson'],
    ['poisson', 'delta'],
  ] as const)('%s is worse than %s in these pairs', (worse, better) => {
    const patients = pairs.map(({ patient }) => patient)
    const arms = { patients, a: decibel(better), b: decibel(worse) }
    const gain = pairedPatientBootstrap(arms, rng(7).fork(better), { resamples: 1000 })
    expect(gain.low).toBeGreaterThan(0)
  })
})

describe('exact', () => {
  const { recipient, donor, boxes } = pairs[0]!
  const size = { boxes, height: SIZE, width: SIZE }

  it('A = B: pasted and blended are the film itself', () => {
    for (const film of [recipient, donor]) {
      const { pasted, blended } = graftFilm({ film, donor: film, ...size })
      expect(pasted).toEqual(film)
      expect(blended).toEqual(film)
    }
  })

  it('A brighter by a constant: Poisson blending gives the film itself', () => {
    const brighter = recipient.map((v) => v / 2 + 0.25)
    const dark = recipient.map((v) => v / 2)
    const blended = poissonGraft(brighter, dark, boxes, SIZE, SIZE)
    for (let i = 0; i < dark.length; i++) expect(blended[i]).toBeCloseTo(dark[i]!, 6)
  })

  it('outside the boxes nothing changes', () => {
    const { blended, mask } = graftFilm({ film: recipient, donor, ...size })
    const changed = Array.from(mask.keys()).filter((i) => blended[i] !== recipient[i])
    expect(changed.length).toBeGreaterThan(100)
    expect(changed.every((i) => mask[i] === 1)).toBe(true)
  })
})
