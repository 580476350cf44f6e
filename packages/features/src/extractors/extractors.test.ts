import { describe, expect, test } from '@jest/globals'
import { extractFeatures } from '@radiograft/metrics/distribution'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { layersNetwork } from '../layersModel/layersNetwork.ts'
import { parseLayersModel } from '../layersModel/parseLayersModel.ts'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { writeMobilenet } from '../testing/mobilenetFolder.ts'
import { smallModel } from '../testing/smallModel.ts'
import type { ExtractorNetwork } from './ExtractorNetwork.ts'
import { readMobilenetV2 } from './mobilenetV2.ts'
import { networkExtractor } from './networkExtractor.ts'
import { pixelExtractor } from './pixelExtractor.ts'

const small = smallModel()
const smallNetwork = (): ExtractorNetwork => {
  const { steps, tensors } = layersNetwork(parseLayersModel(JSON.stringify(small.model), 'm'), small.shards, 'out_relu')
  const sha256 = '0'.repeat(64)
  return { config: { architecture: 'layers-model', name: 'small-17', sha256, side: 17, columns: 12, steps }, tensors }
}

describe('a network of layers', () => {
  test('torch’s features, batch normalisation unfolded; in any batch; all tensors are given back', async () => {
    await loadRuntime({ threads: 2 })
    const before = tf.memory().numTensors
    for (const batch of [1, 2, 8]) {
      const extractor = networkExtractor(smallNetwork(), { batch })
      const { values, rows, columns } = await extractor.extract(small.films)
      extractor.dispose()
      expect([rows, columns]).toEqual([3, 12])
      const worst = Math.max(...Array.from(values, (value, i) => Math.abs(value - small.features[i]!)))
      expect(worst).toBeLessThan(2e-5)
    }
    // features that do not tell films apart would pass for any network of zeros
    expect(new Set(small.features).size).toBeGreaterThan(24)
    expect(tf.memory().numTensors).toBe(before)
  })
  test('eager and compiled agree; films of another size are resized first', async () => {
    await loadRuntime({ threads: 2 })
    const films = { pixels: rng(3).uniforms(2 * 40 * 40), count: 2, height: 40, width: 40 }
    const [compiled, eager] = [networkExtractor(smallNetwork()), networkExtractor(smallNetwork(), { eager: true })]
    const [a, b] = [await compiled.extract(films), await eager.extract(films)]
    a.values.forEach((value, i) => expect(value).toBeCloseTo(b.values[i]!, 5))
    expect(compiled.resizeFilter).toBe('bicubic-antialias-17')
    compiled.dispose()
    eager.dispose()
  })
  test('a network of another kind is refused', () => {
    expect(() => networkExtractor({ config: { architecture: 'retinanet' }, tensors: {} })).toThrow(
      /architecture "retinanet" is no feature network/,
    )
  })
})

describe('MobileNetV2', () => {
  const folder = emptyFolder('mobilenet')
  test('of width 1 at 224: 1280 numbers a film, with its identity', async () => {
    await loadRuntime({ threads: 2 })
    const network = await readMobilenetV2(writeMobilenet(folder))
    expect(network.config.steps.filter(({ op }) => op === 'depthwise')).toHaveLength(17)
    const extractor = networkExtractor(network, { batch: 2 })
    const films = { pixels: rng(1).uniforms(2 * 64 * 64), count: 2, height: 64, width: 64 }
    const set = await extractFeatures(extractor, films, ['a', 'b'])
    extractor.dispose()
    expect(set.extractor).toEqual({
      name: 'mobilenet-v2-224',
      sha256: network.config.sha256,
      resizeFilter: 'bicubic-antialias-224',
    })
    expect(set.columns).toBe(1280)
    expect(set.values.every((value) => value >= 0 && value <= 6)).toBe(true)
    expect(set.values.subarray(0, 1280)).not.toEqual(set.values.subarray(1280))
  })
  test('other shapes and other widths are refused', async () => {
    await expect(readMobilenetV2(writeMobilenet(folder, { side: 192 }))).rejects.toThrow(
      /model\.json: not MobileNetV2 of width 1 at 224 x 224: it takes films of 192 x 192 x 3\. Give the weights/,
    )
    await expect(readMobilenetV2(writeMobilenet(folder, { last: 1792 }))).rejects.toThrow(/1792 channels, not 1280/)
  })
})

test('pixels at 32 x 32: the mean of blocks, named so', async () => {
  const pixels = Float32Array.from({ length: 2 * 64 * 64 }, (_, i) => (i % 64) / 64)
  const set = await extractFeatures(pixelExtractor(), { pixels, count: 2, height: 64, width: 64 }, ['a', 'b'])
  expect(set.extractor).toEqual({ name: 'pixels-32x32', sha256: null, resizeFilter: 'area-32' })
  expect([set.rows, set.columns]).toEqual([2, 1024])
  // columns 0 and 1 of 64, 2 and 3, …
  expect(Array.from(set.values.subarray(0, 3))).toEqual([0.5 / 64, 2.5 / 64, 4.5 / 64])
})
