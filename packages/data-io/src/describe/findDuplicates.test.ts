import { beforeAll, describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { encodeImage } from '../images/encodeImage.ts'
import { readImage } from '../images/readImage.ts'
import { findDuplicates } from './findDuplicates.ts'
import { lowWaves } from './lowWaves.ts'
import { unitThumbnail } from './unitThumbnail.ts'

const dot = (p: ArrayLike<number>, q: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < p.length; i++) sum += p[i]! * q[i]!
  return sum
}

describe('unitThumbnail', () => {
  it('is the film without its mean and contrast', () => {
    // left half dark, right half bright: −1/32 and 1/32 over 1,024 pixels
    const film = Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? 0.2 : 0.6))
    const thumb = unitThumbnail(film, 64)!
    expect(thumb).toHaveLength(1024)
    expect(thumb[0]).toBeCloseTo(-1 / 32, 6)
    expect(thumb[31]).toBeCloseTo(1 / 32, 6)
    expect(dot(thumb, thumb)).toBeCloseTo(1, 5)
  })
  it('of one grey value there is none', () => {
    expect(unitThumbnail(new Float32Array(64 * 64).fill(0.3), 64)).toBeUndefined()
  })
})

describe('lowWaves', () => {
  const wave = (u: number, v: number) =>
    Float32Array.from(
      { length: 1024 },
      (_, i) =>
        Math.cos((Math.PI * ((i % 32) + 0.5) * u) / 32) * Math.cos((Math.PI * (Math.floor(i / 32) + 0.5) * v) / 32),
    )
  it('puts a slow cosine into one coordinate, of its whole length, and drops a fast one', () => {
    const slow = lowWaves(wave(3, 2))
    // the sum of cos² is 16 along each axis
    expect(slow[2 * 10 + 3]).toBeCloseTo(16, 4)
    expect(Math.hypot(...slow)).toBeCloseTo(16, 4)
    expect(Math.hypot(...lowWaves(wave(12, 0)))).toBeCloseTo(0, 4)
  })
})

const cosine = (u: number, x: number): number => Math.cos((Math.PI * (x + 0.5) * u) / 32)
const waves = Array.from({ length: 25 }, (_, k) => {
  const [u, v] = [k % 5, Math.floor(k / 5)]
  const size = 1 / (1 + u ** 2 + v ** 2)
  return Float32Array.from({ length: 1024 }, (_, i) => size * cosine(u, i % 32) * cosine(v, Math.floor(i / 32)))
})
/** As films are: slow waves, the slowest the largest, so that two that are alike differ by little else. */
const slow = (draws: Float32Array): Float32Array =>
  Float32Array.from({ length: 1024 }, (_, i) => waves.reduce((sum, wave, k) => sum + draws[k]! * wave[i]!, 0))

/** Unit vectors around twelve centres. */
const crowd = (n: number): ReadonlyArray<Float32Array> => {
  const stream = rng('crowd')
  const centres = Array.from({ length: 12 }, () => slow(stream.normals(25)))
  return Array.from({ length: n }, (_, i) => {
    const noise = slow(stream.normals(25))
    return unitThumbnail(
      noise.map((value, k) => 0.5 + 0.05 * (centres[i % 12]![k]! + 0.35 * value)),
      32,
    )!
  })
}

describe('findDuplicates', () => {
  it('finds exactly the pairs that multiplying out all of them finds', () => {
    const thumbs = crowd(240)
    for (const bound of [0.9, 0.97, 0.99]) {
      const expected = thumbs.flatMap((p, a) =>
        thumbs.slice(a + 1).flatMap((q, i) => (dot(p, q) >= bound ? [[a, a + 1 + i]] : [])),
      )
      expect(expected.length).toBeGreaterThan(20)
      expect(findDuplicates(thumbs, bound).map(({ a, b }) => [a, b])).toEqual(expected)
    }
  })
  it('gives the correlation', () => {
    const thumbs = crowd(30)
    for (const { a, b, correlation } of findDuplicates(thumbs, 0.9)) {
      expect(correlation).toBeCloseTo(dot(thumbs[a]!, thumbs[b]!), 6)
    }
  })
  it('takes no films, and one', () => {
    expect(findDuplicates([])).toEqual([])
    expect(findDuplicates(crowd(1))).toEqual([])
  })
})

describe('planted copies', () => {
  const side = 256
  const eight = (pixels: Float32Array): Uint8Array => Uint8Array.from(pixels, (value) => Math.round(255 * value))
  /** Soft blobs on a slope, a little noise: as unlike each other as films of different patients. */
  const film = (seed: number): Uint8Array => {
    const stream = rng('films').fork(seed)
    const blobs = Array.from({ length: 9 }, () => stream.uniforms(4))
    const noise = stream.normals(side * side)
    const values = Float32Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [(i % side) / side, Math.floor(i / side) / side]
      const sum = blobs.reduce(
        (all, b) => all + (b[3]! - 0.5) * Math.exp(-((x - b[0]!) ** 2 + (y - b[1]!) ** 2) / (0.005 + 0.03 * b[2]!)),
        0.5 + 0.2 * y,
      )
      return Math.min(0.95, Math.max(0.05, sum + 0.01 * noise[i]!))
    })
    return eight(values)
  }
  const thumbOf = (stored: ArrayLike<number>) =>
    unitThumbnail(
      Float32Array.from(stored, (value) => value / 255),
      side,
    )!
  const originals = Array.from({ length: 12 }, (_, i) => film(i))
  const moved = originals[3]!.map((_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)]
    return originals[3]![Math.max(0, y - 1) * side + Math.max(0, x - 1)]!
  })
  const lighter = originals[7]!.map((value) => value + 5)
  const darker = originals[8]!.map((value) => value - 5)
  let pairs: ReadonlyArray<readonly [number, number]> = []
  beforeAll(async () => {
    const jpeg = await encodeImage(
      { format: 'jpeg', rows: side, columns: side, stored: originals[11]! },
      { quality: 50 },
    )
    const { stored } = await readImage(jpeg, 'copy.jpg')
    expect(stored).not.toEqual(originals[11])
    const all = [...originals, moved, lighter, darker, stored].map(thumbOf)
    pairs = findDuplicates(all).map(({ a, b }) => [a, b] as const)
  })
  it('moved by a pixel down and right, 5 grey values lighter and darker, JPEG of quality 50: found, and nothing else', () => {
    expect(pairs).toEqual([
      [3, 12],
      [7, 13],
      [8, 14],
      [11, 15],
    ])
  })
})
