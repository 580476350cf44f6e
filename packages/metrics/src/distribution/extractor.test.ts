import { expect, test } from '@jest/globals'
import { extractFeatures, type FeatureExtractor } from './extractor.ts'

const films = { pixels: Float64Array.of(0, 1, 2, 3, 4, 5), count: 3, height: 1, width: 2 }
const means: FeatureExtractor = {
  name: 'means-1x2',
  sha256: null,
  resizeFilter: 'none',
  columns: 1,
  extract: ({ pixels, count }) => ({
    values: Float64Array.from({ length: count }, (_, i) => (pixels[2 * i]! + pixels[2 * i + 1]!) / 2),
    rows: count,
    columns: 1,
  }),
}

test('features with their origin', async () => {
  expect(await extractFeatures(means, films, ['a', 'a', 'b'])).toEqual({
    values: Float64Array.of(0.5, 2.5, 4.5),
    rows: 3,
    columns: 1,
    extractor: { name: 'means-1x2', sha256: null, resizeFilter: 'none' },
    units: ['a', 'a', 'b'],
  })
})

test('refusals', async () => {
  const give = (change: Partial<FeatureExtractor>, units = ['a', 'a', 'b']) =>
    extractFeatures({ ...means, ...change }, films, units)
  await expect(give({ name: 'My Net' })).rejects.toThrow(/small letters/)
  await expect(give({ sha256: 'abc' })).rejects.toThrow(/64 hexadecimal/)
  await expect(give({ resizeFilter: '' })).rejects.toThrow(/no resize filter/)
  await expect(give({ columns: 2 })).rejects.toThrow(/3 rows of 1 columns for 3 films of 2/)
  await expect(give({}, ['a'])).rejects.toThrow(/1 units for 3 rows/)
})
