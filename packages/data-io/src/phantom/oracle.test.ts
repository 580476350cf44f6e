import { inflateSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import type { PhantomCohort } from './cohorts/knobs.ts'
import { planFilm } from './cohorts/planFilm.ts'
import { drawFilm, trueTheta, type View } from './film.ts'
import type { FindingPlan, FindingType } from './findings/registry.ts'
import fixture from './fixtures/phantom.json' with { type: 'json' }
import { blockMean } from './imaging/blockMean.ts'
import { Key } from './key.ts'
import { drawPatient } from './patient.ts'
import { renderScene } from './renderScene.ts'

// The specification allows half a grey level. Measured: 0.002 (rounding to 16 bits) plus 1/32 (the fixture's steps).
const TOLERANCE = 0.05

/** Grey levels of 255 of a stored film. */
function unpack(values: string): number[] {
  const bytes = inflateSync(Buffer.from(values, 'base64'))
  return Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i) / 16)
}

test.each(fixture.films)('film $index ($finding, $view, $size²) is the prototype’s', (stored) => {
  const cohorts: Readonly<Record<string, PhantomCohort>> = { cohort: 'rsna', multi: 'multi' }
  const cohort = cohorts[stored.finding ?? '']
  const ofCohort = cohort === undefined ? null : planFilm(fixture.seed, stored.index, { cohort })
  const patient = ofCohort?.patient ?? drawPatient(Key.root(fixture.seed), stored.index)
  const film = ofCohort?.film ?? drawFilm(patient, 0, { view: stored.view as View })
  const plans: readonly FindingPlan[] =
    ofCohort?.findings ?? (stored.finding === null ? [] : [{ type: stored.finding as FindingType, index: 0 }])
  const options = { size: stored.size, bits: 16, noise: false, redraw: false } as const
  const scene = renderScene(patient, film, plans, options)

  expect([patient.sex, patient.age]).toEqual([stored.sex, stored.age])
  trueTheta(film).forEach((value, k) => expect(value).toBeCloseTo(stored.theta[k]!, 12))

  const expected = unpack(stored.values)
  const grey = Float64Array.from(scene.pixels, (v) => v / 257)
  const means = blockMean(grey, stored.size, stored.size / fixture.size)
  let worst = 0
  expected.forEach((value, o) => (worst = Math.max(worst, Math.abs(value - means[o]!))))
  expect(worst).toBeLessThan(TOLERANCE)

  // The prototype's pleural mask runs along the whole wall; ours is the band (see findings/pleural.ts).
  if (stored.finding === 'pleural') return
  const boxes = scene.findings.map(({ box }) => {
    const [x0, y0, x1, y1] = box.map((edge) => edge / stored.size) as [number, number, number, number]
    return [x0, y0, x1 - x0, y1 - y0]
  })
  expect(boxes.length).toBe(stored.boxes.length)
  const slack = stored.size > 256 ? 1 / 256 : 1e-9
  boxes.flat().forEach((edge, k) => expect(Math.abs(edge - stored.boxes.flat()[k]!)).toBeLessThanOrEqual(2 * slack))
})

test('the fixture has every finding, both views and both sexes', () => {
  const views = new Set(fixture.films.map(({ view }) => view))
  const sexes = new Set(fixture.films.map(({ sex }) => sex))
  const findings = new Set(fixture.films.map(({ finding }) => finding))
  expect([views.has('PA'), views.has('AP'), sexes.size, findings.size]).toEqual([true, true, 2, 15])
})
