import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { blockedOnExport } from './blockedOnExport.ts'
import { copyExcess } from './copyExcess.ts'
import type { Distances } from './Distances.ts'
import type { FeatureRows } from './FeatureRows.ts'
import { memorisationReport, type MemorisationOptions } from './memorisationReport.ts'
import { nearestFilms } from './nearestFilms.ts'
import { nearestOwners } from './nearestOwners.ts'
import { oracle, oracleSets } from './testing/oracle.ts'
import { drawn, part } from './testing/rows.ts'
import { trainingLean } from './trainingLean.ts'

type Sets = { readonly training: FeatureRows; readonly heldOut: FeatureRows; readonly samples: FeatureRows }
/** Every film of its own patient. */
const leanOf = ({ training, heldOut, samples }: Sets) => {
  const owned = (films: FeatureRows, part: string) => ({ ...films, owners: films.ids.map((id) => `${part} ${id}`) })
  const [trained, held] = [owned(training, 'training'), owned(heldOut, 'held out')]
  const search = (films: ReturnType<typeof owned>) => nearestOwners(films).offer(trained).offer(held).result()
  const real = { ids: held.ids.map((id) => `query ${id}`), values: held.values, owners: held.owners }
  return trainingLean(
    { samples: search(owned(samples, 'sample')), real: search(real), training: trained.owners, heldOut: held.owners },
    rng('deals'),
    { permutations: 199 },
  )
}
const distancesOf = ({ samples, training, heldOut }: Sets): Distances => ({
  samplesToTraining: nearestFilms(samples).offer(training).result(),
  samplesToHeldOut: nearestFilms(samples).offer(heldOut).result(),
  heldOutToTraining: nearestFilms(heldOut).offer(training).result(),
})
/** Every film of its own patient. */
const excessOf = (sets: Sets, options?: Parameters<typeof copyExcess>[3]) => {
  const parts = { training: sets.training.ids, heldOut: sets.heldOut.ids }
  return copyExcess(distancesOf(sets), { ...parts, patientOf: (film) => film }, rng('copies'), options)
}
const report = (sets: Sets, options?: MemorisationOptions) => {
  const copies = excessOf(sets, options)
  return { ...memorisationReport(distancesOf(sets), { copies, lean: leanOf(sets) }, options), copies }
}

describe('memorisationReport', () => {
  const training = drawn('t', 300, 'training')
  const heldOut = drawn('h', 199, 'held out')
  const honest = drawn('s', 200, 'honest')

  test('an honest set passes, at about the rate', () => {
    const { share, memorised, closer, z, copies, distributions } = report(
      { training, heldOut, samples: honest },
      { rate: 0.05 },
    )
    expect(memorised).toBe(false)
    expect(share).toBeLessThan(0.1)
    expect(copies.p).toBeGreaterThan(0.01)
    expect(Math.abs(closer - 0.5)).toBeLessThan(0.1)
    expect(Math.abs(z)).toBeLessThan(3)
    expect(distributions.samplesToTraining).toHaveLength(200)
    expect(distributions.heldOutToTraining).toHaveLength(199)
    expect(distributions.samplesToHeldOut).toEqual(distributions.samplesToHeldOut.toSorted())
  })

  test('one planted training film among honest samples is named, with the film it copies, and blocked', () => {
    const samples = { ids: honest.ids, values: Float64Array.from(honest.values) }
    samples.values.set(training.values.subarray(6 * 17, 6 * 18), 6 * 42)
    const clean = report({ training, heldOut, samples: honest })
    const planted = report({ training, heldOut, samples })
    const { training: twin, heldOut: unseen, nearCopy, p } = planted.samples[42]!
    expect(twin).toEqual({ id: 't 0017', distance: 0 })
    expect(unseen.distance).toBeGreaterThan(0)
    expect([nearCopy, p]).toEqual([true, 1 / 200])
    expect(clean.samples[42]!.nearCopy).toBe(false)
    expect(blockedOnExport({ features: clean, pixels: planted }).find(({ id }) => id === 's 0042')).toEqual({
      id: 's 0042',
      reasons: [{ space: 'pixels', training: 't 0017', distance: 0, threshold: planted.threshold }],
    })
    expect(planted.memorised).toBe(false) // one film is blocked, the generator is not thereby a memoriser
  })

  test('a memoriser that replays training films with a little noise fails', () => {
    const noise = rng('noise').normals(200 * 6)
    const samples = { ids: honest.ids, values: Float64Array.from(noise, (v, i) => training.values[i]! + 0.05 * v) }
    const { share, memorised, closer, z, copies } = report({ training, heldOut, samples })
    expect(share).toBeGreaterThan(0.95)
    expect(closer).toBeGreaterThan(0.99)
    expect(z).toBeLessThan(-10)
    expect(copies).toMatchObject({ copying: copies.near, p: 0.001 })
    expect(memorised).toBe(true)
  })

  test('one that blurs its films is below no threshold much, but the set as a whole is too near', () => {
    const noise = rng('noise').normals(200 * 6)
    const samples = { ids: honest.ids, values: Float64Array.from(noise, (v, i) => training.values[i]! + 0.4 * v) }
    const { share, memorised, closer } = report({ training, heldOut, samples })
    expect(closer).toBeGreaterThan(0.6)
    expect(share).toBeLessThan(0.5)
    expect(memorised).toBe(true)
  })

  test('samples that look like no film are far, not memorised', () => {
    const samples = { ids: honest.ids, values: honest.values.map((v) => v + 5) }
    const { memorised, closer, share } = report({ training, heldOut, samples })
    expect([memorised, share]).toEqual([false, 0])
    expect(closer).toBeLessThan(0.01)
  })

  test('films that copied nothing and lie near the mean of all are near copies by their distance, and not memorised', () => {
    const samples = { ids: honest.ids, values: honest.values.map((v) => 0.3 * v) }
    const { share, closer, copies, memorised } = report({ training, heldOut, samples })
    expect(share).toBeGreaterThan(0.05) // at a rate of .01
    expect(closer).toBeGreaterThan(0.8)
    expect(copies.near).toBeGreaterThan(20)
    expect(copies.p).toBeGreaterThan(0.05)
    expect(memorised).toBe(false)
  })

  test('twelve copies among honest samples make a memoriser, though the set as a whole leans nowhere', () => {
    const samples = { ids: honest.ids, values: Float64Array.from(honest.values) }
    for (let i = 0; i < 12; i++) samples.values.set(training.values.subarray(6 * 9 * i, 6 * 9 * i + 6), 6 * 3 * i)
    const { copies, share, memorised } = report({ training, heldOut, samples })
    expect(share).toBeLessThan(0.1)
    expect(copies.copying).toBeGreaterThanOrEqual(12)
    expect(copies.p).toBeLessThanOrEqual(0.005)
    expect(memorised).toBe(true)
  })

  test('the set is judged by its copies and by its lean, each at half of the level', () => {
    const distances = distancesOf({ samples: honest, training, heldOut })
    const memorised = (copies: number, lean: number) =>
      memorisationReport(distances, { copies: { p: copies, least: 0 }, lean: { p: lean } }, { level: 0.02 }).memorised
    expect([memorised(1, 0.01), memorised(0.01, 1), memorised(0.011, 0.011)]).toEqual([true, true, false])
  })

  test('copies of one training film over and over, and nothing else, cannot be told from chance', () => {
    const values = Float64Array.from({ length: honest.values.length }, (_, i) => training.values[i % 6]!)
    const { copies, share, memorised } = report({ training, heldOut, samples: { ids: honest.ids, values } })
    expect(share).toBe(1)
    expect(copies.least).toBeCloseTo(300 / 499, 12)
    expect(memorised).toBeNull()
  })

  test('equal distances have no z', () => {
    const same = { ids: ['a', 'b'], nearest: ['t', 't'], distances: Float64Array.of(1, 1) }
    const held = { ids: ['h', 'i', 'j'], nearest: ['t', 't', 't'], distances: Float64Array.of(1, 1, 1) }
    expect(
      memorisationReport(
        { samplesToTraining: same, samplesToHeldOut: same, heldOutToTraining: held },
        { copies: { p: 1, least: 0 }, lean: { p: 1 } },
        { rate: 0.25 },
      ),
    ).toMatchObject({ z: 0, closer: 0.5, memorised: false, share: 0 })
  })

  test('scipy: p-values, share, U in standard errors', () => {
    const got = report(oracleSets, { rate: oracle.rate })
    expect(got.samples.map(({ p }) => p)).toEqual(oracle.p.map((p) => expect.closeTo(p, 12)))
    expect(got.samples.filter(({ nearCopy }) => nearCopy)).toHaveLength(oracle.copies)
    expect(got.share).toBe(oracle.copies / 50)
    expect(got.closer).toBeCloseTo(oracle.closer, 12)
    expect(got.z).toBeCloseTo(oracle.z, 8)
  })

  test('refusals', () => {
    const leaked = distancesOf({ training, heldOut: part(training, 0, 199), samples: honest })
    expect(() => memorisationReport(leaked, { copies: { p: 1, least: 0 }, lean: { p: 1 } })).toThrow(
      /199 held-out films are in training, such as t 0000/,
    )
    const other = nearestFilms(part(honest, 0, 9))
      .offer(heldOut)
      .result()
    const searched = nearestFilms(honest).offer(training).result()
    const real = nearestFilms(heldOut).offer(training).result()
    expect(() =>
      memorisationReport(
        { samplesToTraining: searched, samplesToHeldOut: other, heldOutToTraining: real },
        { copies: { p: 1, least: 0 }, lean: { p: 1 } },
      ),
    ).toThrow(/other samples/)
    expect(() => blockedOnExport({})).toThrow(/holds no report/)
    const [a, b] = [honest, drawn('x', 200, 'other')].map((samples) => report({ training, heldOut, samples }))
    expect(() => blockedOnExport({ a: a!, b: b! })).toThrow(/b is of other samples than a/)
  })
})
