import { describe, expect, test } from '@jest/globals'
import { buildAnatomy } from './anatomy.ts'
import { healthyRatio, heartShape } from './bodies/heart.ts'
import { Canvas } from './canvas.ts'
import { planRsnaFilm, rsnaCohort } from './cohorts/rsna.ts'
import { drawFilm, trueTheta } from './film.ts'
import { drawFinding } from './findings/registry.ts'
import { Key } from './key.ts'
import { drawPatient } from './patient.ts'
import { renderFilm } from './renderFilm.ts'
import { PhantomSizeError, renderScene } from './renderScene.ts'
import { lesionOf } from './settleFinding.ts'
import { vesselTree } from './vesselTree.ts'

const root = Key.root(7)

test('the vessel tree has 3,024 pieces', () => {
  expect(vesselTree(drawPatient(root, 0)).length).toBe(3024)
})

test('a normal film is its twin; a film of the cohort is the same whenever it is rendered', () => {
  const normal = rsnaCohort(7, 40).find((film) => film.class === 'Normal')!
  const film = renderFilm({ seed: 7, index: normal.index, size: 64 })
  expect(film.pixels).toEqual(film.twin)
  expect(film.findings).toEqual([])
  expect(film.description).toEqual(normal)
  renderFilm({ seed: 7, index: 3, size: 64 })
  expect(renderFilm({ seed: 7, index: normal.index, size: 64 })).toEqual(film)
})

test.each(['opacity', 'effusion', 'mass'] as const)(
  'film and twin are bit-equal, noise included, where %s leaves the attenuation unchanged',
  (type) => {
    const patient = drawPatient(root, 31)
    const film = drawFilm(patient, 0)
    const scene = renderScene(patient, film, [{ type, index: 0 }], { size: 128, bits: 16, redraw: false })
    const anatomy = buildAnatomy(new Canvas(film, 256), patient, vesselTree(patient))
    const { added } = lesionOf(drawFinding(patient, film, { type, index: 0 }, 0.4, 0), anatomy)
    let [unequal, leaked] = [0, 0]
    for (let o = 0; o < 128 * 128; o++) {
      const at = 2 * Math.floor(o / 128) * 256 + 2 * (o % 128)
      // No focal blur at this size: a film pixel is the mean of four render pixels.
      const touched = [at, at + 1, at + 256, at + 257].some((p) => added![p] !== 0)
      if (scene.pixels[o] === scene.twin[o]) continue
      if (touched) unequal++
      else leaked++
    }
    expect(leaked).toBe(0)
    expect(unequal).toBeGreaterThan(100)
  },
)

test('the heart is as wide as its ratio says', () => {
  for (const [index, view] of [
    [0, 'PA'],
    [3, 'PA'],
    [4, 'AP'],
    [9, 'AP'],
  ] as const) {
    const patient = drawPatient(root, index)
    const film = drawFilm(patient, 0, { view, jitter: 0 })
    const ratio = healthyRatio(patient, film)
    const heart = heartShape(patient, film, ratio)
    const canvas = new Canvas(film, 256)
    const columns = new Set<number>()
    canvas.x.forEach((x, o) => {
      const y = canvas.y[o]!
      if (heart.ventricle(x, y) > 0 || heart.atrium(x, y) > 0) columns.add(o % 256)
    })
    // Two edges, each found to within a column.
    expect(Math.abs(columns.size / 256 - ratio * 2 * patient.Wt)).toBeLessThan(2 / 256)
  }
})

test('boxes, contrast and attempts do not depend on the film’s size; the mask lies in its box', () => {
  const { index } = rsnaCohort(7, 40).find((film) => film.class === 'Lung Opacity')!
  const [small, ...others] = [64, 128, 256, 512].map((size) => renderFilm({ seed: 7, index, size }))
  for (const film of others) {
    expect(film.findings.length).toBe(small!.findings.length)
    film.findings.forEach((finding, k) => {
      const { box, contrast, area, attempt } = small!.findings[k]!
      expect(finding.box.map((edge) => (edge * 64) / film.size)).toEqual([...box])
      expect([finding.contrast, finding.area, finding.attempt]).toEqual([contrast, area, attempt])
      const [x0, y0, x1, y1] = finding.box
      const outside = finding.mask.filter((marked, o) => {
        const [x, y] = [(o % film.size) + 0.5, Math.floor(o / film.size) + 0.5]
        return marked === 1 && (x < x0 || x >= x1 || y < y0 || y >= y1)
      })
      expect(outside.length).toBe(0)
      const marked = finding.mask.reduce((a, b) => a + b, 0) / finding.mask.length
      expect(Math.abs(marked - area)).toBeLessThan(0.1 * area + 0.001)
    })
  }
})

describe('true θ', () => {
  test('takes patient coordinates to film coordinates exactly', () => {
    const film = drawFilm(drawPatient(root, 6), 0, { view: 'AP' })
    const canvas = new Canvas(film, 32)
    const [a, b, tx, c, d, ty] = trueTheta(film)
    for (let o = 0; o < 1024; o += 37) {
      const [x, y] = [2 * canvas.x[o]!, 2 * (canvas.y[o]! - 0.5)]
      expect(a * x + b * y + tx).toBeCloseTo((2 * ((o % 32) + 0.5)) / 32 - 1, 12)
      expect(c * x + d * y + ty).toBeCloseTo((2 * (Math.floor(o / 32) + 0.5)) / 32 - 1, 12)
    }
  })

  test('warps a film onto its own canonical render', () => {
    const size = 64
    const patient = drawPatient(root, 6)
    const options = { size, bits: 16, noise: false } as const
    const posed = drawFilm(patient, 0, { view: 'AP' })
    const film = renderScene(patient, posed, [], options).pixels
    const canonical = renderScene(patient, drawFilm(patient, 0, { view: 'AP', jitter: 0 }), [], options).pixels
    const [a, b, tx, c, d, ty] = trueTheta(posed)
    const error = (warp: (x: number, y: number) => [number, number]) => {
      let [sum, power, mean] = [0, 0, 0]
      for (let j = 8; j < 56; j++) for (let i = 8; i < 56; i++) mean += canonical[j * size + i]! / (48 * 48)
      for (let j = 8; j < 56; j++) {
        for (let i = 8; i < 56; i++) {
          const [x, y] = warp((2 * (i + 0.5)) / size - 1, (2 * (j + 0.5)) / size - 1)
          const difference = sample(film, size, x, y) - canonical[j * size + i]!
          sum += difference * difference
          power += (canonical[j * size + i]! - mean) ** 2
        }
      }
      return sum / power
    }
    const aligned = error((x, y) => [a * x + b * y + tx, c * x + d * y + ty])
    const untouched = error((x, y) => [x, y])
    expect(aligned).toBeLessThan(0.02)
    expect(untouched).toBeGreaterThan(5 * aligned)
    expect(error((x, y) => [x - tx, y - ty])).toBeGreaterThan(aligned)
  })
})

/** Bilinear sample at normalised coordinates, edges held. */
function sample(film: Uint8Array | Uint16Array, size: number, x: number, y: number): number {
  const u = Math.min(Math.max(((x + 1) / 2) * size - 0.5, 0), size - 1.001)
  const v = Math.min(Math.max(((y + 1) / 2) * size - 0.5, 0), size - 1.001)
  const [i, j] = [Math.floor(u), Math.floor(v)]
  const [f, g] = [u - i, v - j]
  const at = (dx: number, dy: number) => film[(j + dy) * size + i + dx]!
  return (at(0, 0) * (1 - f) + at(1, 0) * f) * (1 - g) + (at(0, 1) * (1 - f) + at(1, 1) * f) * g
}

describe('visibility', () => {
  test('every finding of a default cohort can be seen', () => {
    const least = { atelectasis: 4, fracture: 2 } as Record<string, number>
    const findings = rsnaCohort(7, 24)
      .filter((film) => film.class !== 'Normal')
      .flatMap(({ index }) => renderFilm({ seed: 7, index, size: 32 }).findings)
    expect(findings.length).toBeGreaterThan(12)
    for (const { type, contrast, visible } of findings) {
      expect(visible).toBe(true)
      expect(contrast).toBeGreaterThanOrEqual(least[type] ?? 6)
    }
  })

  test('what cannot be seen is drawn again, up to eight times', () => {
    // At δ = 1 opacities are almost transparent.
    const found = rsnaCohort(7, 40)
      .filter((film) => film.class === 'Lung Opacity')
      .slice(0, 4)
      .flatMap(({ index }) => renderFilm({ seed: 7, index, size: 32, delta: 1 }).findings)
    expect(found.some(({ attempt }) => attempt > 0)).toBe(true)
    for (const { attempt, visible, contrast, area } of found) {
      expect(attempt).toBeLessThanOrEqual(8)
      expect(visible).toBe(contrast >= 6 && area >= 0.0015)
    }
  })
})

test('a planned film is rendered with its own patient and exposure', () => {
  const { patient, film } = planRsnaFilm(7, 2)
  const { theta, description } = renderFilm({ seed: 7, index: 2, size: 32 })
  expect(theta).toEqual(trueTheta(film))
  expect([description.sex, description.age, description.view]).toEqual([patient.sex, patient.age, film.view])
})

test('an impossible size says which are possible', () => {
  expect(() => renderFilm({ seed: 7, index: 0, size: 100 })).toThrow(PhantomSizeError)
})
