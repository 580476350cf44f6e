import { expect, test } from '@jest/globals'
import { fnv, Key, mix, normalFromHash } from './key.ts'

// The specification's vectors.
test('mixer, tag hash and root', () => {
  expect(mix(1)).toBe(0x86d2fa73)
  expect(fnv('patient')).toBe(0x80ee595e)
  expect(Key.root(7).bits).toBe(0xd29ce1a9)
})

test('a tag is hashed as UTF-8', () => {
  // FNV-1a by hand over the two bytes of é, c3 a9.
  const first = Math.imul(0x811c9dc5 ^ 0xc3, 0x01000193)
  expect(fnv('é')).toBe(Math.imul(first ^ 0xa9, 0x01000193) >>> 0)
})

test('patient 0 of seed 7', () => {
  const patient = Key.root(7).sub('patient', 0)
  expect(patient.bits).toBe(0xb5b4e428)
  expect(patient.uniform('sex')).toBeCloseTo(0.154736894532, 12)
  expect(patient.normal('Wt')).toBeCloseTo(-0.813801703898, 12)
})

test('noise key of patient 5, film 2', () => {
  expect(Key.root(7).sub('patient', 5).sub('film', 2).hash('noise')).toBe(2754230872)
})

test('normals are bounded and standard', () => {
  const z = Array.from({ length: 4000 }, (_, i) => normalFromHash(mix(i)))
  const mean = z.reduce((a, b) => a + b) / z.length
  const variance = z.reduce((a, b) => a + b * b, 0) / z.length
  expect(Math.abs(mean)).toBeLessThan(0.06)
  expect(Math.abs(variance - 1)).toBeLessThan(0.08)
  expect(Math.max(...z.map(Math.abs))).toBeLessThanOrEqual(3.465)
})
