import { expect, it } from '@jest/globals'
import { detectability, learnedTemplate, score, whitenedTemplate } from './linearReader.ts'

const film = (...values: number[]): Float64Array => Float64Array.of(...values)

it('weighs a pixel by one over its variance: (S + λ)⁻¹ d by hand', () => {
  // about the mean (5, 5): (±2, 0) and (0, ±1), so S = diag(4 + 4, 1 + 1) / 4 = diag(2, .5)
  const background = [film(7, 5), film(3, 5), film(5, 6), film(5, 4)]
  const w = whitenedTemplate(background, film(1, 1), 0.5)
  expect(w[0]).toBeCloseTo(1 / 2.5, 12)
  expect(w[1]).toBeCloseTo(1, 12)
})

it('looks away from a pixel that tells of the background, not of the lesion', () => {
  // both pixels share a background of variance 8; the lesion is in the first alone: S = 8·[1 1; 1 1], λ = 1
  // (S + I)⁻¹ = [9 −8; −8 9] / 17
  const w = whitenedTemplate([film(4, 4), film(-4, -4), film(0, 0), film(0, 0)], film(1, 0), 1)
  expect(w[0]).toBeCloseTo(9 / 17, 12)
  expect(w[1]).toBeCloseTo(-8 / 17, 12)
})

it('learns from classes: scatter about each class’s own mean', () => {
  // means (2, 0) and (0, 0); scatter (0, ±1) in both, so S = diag(0, 1), λ = 1
  const w = learnedTemplate([film(2, 1), film(2, -1)], [film(0, 1), film(0, -1)], 1)
  expect(w[0]).toBeCloseTo(2, 12)
  expect(w[1]).toBeCloseTo(0, 12)
  expect(score(w, film(3, 100))).toBeCloseTo(6, 10)
})

it('d′ of (2, 4) against (0, 2) is 2, of scores that differ by two standard deviations', () => {
  expect(detectability([2, 4], [0, 2])).toBeCloseTo(2, 12)
})
