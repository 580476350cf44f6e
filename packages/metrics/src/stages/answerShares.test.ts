// Generated and source films of one law are set side by side at as many films, also where a patient has several.
import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { answerShares } from './answerShares.ts'

const CLASSES = ['a', 'b', 'c']
const draw = (u: number): number => (u < 0.5 ? 0 : u < 0.8 ? 1 : 2)
/** By a classifier that does not err. */
const validation = {
  patients: Array.from({ length: 300 }, (_, i) => `validation ${i}`),
  truth: Array.from({ length: 300 }, (_, i) => i % 3),
  predicted: Array.from({ length: 300 }, (_, i) => i % 3),
}
const options = { level: 0.05, splits: 200, resamples: 20, family: 1 }

test('four films a patient, a hundred generated films: p is below .05 no more often than that', () => {
  const runs = 40
  let [below, each] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const from = rng('one law').fork(run)
    const real = Array.from(from.uniforms(2400), draw)
    const made = Array.from(from.fork('made').uniforms(100), draw)
    const answers = answerShares(
      {
        classes: CLASSES,
        validation,
        source: { units: real.map((_, i) => `patient ${i >> 2}`), predicted: real },
        generated: new Map([['generator', { units: made.map((_, i) => `film ${i}`), predicted: made }]]),
      },
      'source',
      from.fork('answer'),
      options,
    )
    const { spread } = answers[1]!.beside!
    if ('why' in spread) throw new Error(spread.why)
    if (spread.taken.p <= 0.05) below++
    each = spread.taken.each
  }
  // a hundred films are those of 25 patients
  expect(each).toBe(25)
  // one patient for each generated film has fewer films on one side than real splits have on either: then 11 of 40 were below
  expect(below).toBeLessThanOrEqual(4)
})
