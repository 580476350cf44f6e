import { describe, expect, test } from '@jest/globals'
import { featureSetOf, type FeatureRow } from './featureSetOf.ts'

/** 1 and −2.5 with the low byte first. */
const bytes = Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0)
const row = (film: string, given: Partial<FeatureRow> = {}): FeatureRow => ({
  film,
  extractor: 'x',
  sha256: 'f'.repeat(64),
  resizeFilter: 'area-2',
  values: bytes,
  ...given,
})

test('float32 with the low byte first, wherever the bytes lie; films are their own units unless it is said whose they are', () => {
  const inside = new Uint8Array(11)
  inside.set(bytes, 3)
  const rows = [row('a'), row('b', { values: inside.subarray(3) })]
  expect(featureSetOf(rows)).toEqual({
    values: Float32Array.of(1, -2.5, 1, -2.5),
    rows: 2,
    columns: 2,
    extractor: { name: 'x', sha256: 'f'.repeat(64), resizeFilter: 'area-2' },
    units: ['a', 'b'],
  })
  expect(featureSetOf(rows, () => 'anna').units).toEqual(['anna', 'anna'])
  expect(featureSetOf([row('a', { sha256: '' })]).extractor.sha256).toBeNull()
})

describe('refusals', () => {
  const of = (...rows: ReadonlyArray<FeatureRow>) => featureSetOf(rows, undefined, 'generated (gan)')
  test.each([
    ['none', () => of(), /generated \(gan\): holds no film/],
    ['two extractors', () => of(row('a'), row('b', { extractor: 'y' })), /generated \(gan\) extractor/],
    ['two filters', () => of(row('a'), row('b', { resizeFilter: 'z' })), /resizeFilter/],
    ['two widths', () => of(row('a'), row('b', { values: bytes.subarray(4) })), /film b has 4 bytes, not 2 float32/],
    ['half a number', () => of(row('a', { values: bytes.subarray(1) })), /film a has 7 bytes/],
  ] as const)('%s', (_, make, message) => expect(make).toThrow(message))
})
