// Blocks of pixels, a cubic that keeps a constant, ranks, a contrast lost about the mean.
import {
  corrupt,
  corruptions,
  featureRow,
  featureSetOf,
  pixelExtractor,
  resizeBicubic,
  spearmanRho,
  type FeatureRow,
} from '@radiograft/features'
import { rng } from '@radiograft/random'

const films = {
  pixels: Float32Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 0 : 1)),
  count: 1,
  height: 4,
  width: 4,
}
const extractor = pixelExtractor(2)
const { values } = await extractor.extract(films)
console.log(extractor.name, [...values]) // pixels-2x2 [ 0, 1, 0, 1 ]

const row: FeatureRow = featureRow('film 1', values, extractor)
console.log(featureSetOf([row]).units, row.values.length) // [ 'film 1' ] 16

console.log([...resizeBicubic([1, 1, 1, 1], 2, 2, 1, 1)], spearmanRho([0, 1, 2], [5, 6, 9])) // [ 1 ] 1

// at strength 4 a share of .32 is lost: ½ ± .34
const contrast = corruptions.find(({ name }) => name === 'contrast')!
const lost = corrupt(contrast, { pixels: Float32Array.of(0, 1), height: 1, width: 2 }, 4, rng('film 1'))
console.log(Array.from(lost, (x) => Math.round(100 * x)).join(' ')) // 16 84
