import { beforeAll, expect, it } from '@jest/globals'
import { classifierNetwork, filmClassifier } from '@radiograft/classifiers'
import { fromNetworkTensors, toNetworkTensors } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { storedExtractor } from './storedExtractor.ts'
import { tensorsDigest } from './tensorsDigest.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const config = {
  architecture: 'small-cnn',
  task: 'classes',
  size: 32,
  classes: ['a', 'b'],
  width: 4,
  dropout: 0,
} as const
const films = {
  pixels: Float32Array.from({ length: 3 * 48 * 48 }, (_, i) => (Math.sin(i) + 1) / 2),
  count: 3,
  height: 48,
  width: 48,
}

it('a stored classifier gives its own features, named by its tensors', async () => {
  const made = classifierNetwork(config).init(rng('weights'), [32, 32, 1])
  const tensors = await toNetworkTensors(made)
  tf.dispose(made)
  const before = tf.memory().numTensors
  const extractor = storedExtractor({ config, tensors }, { batch: 2 })
  expect(extractor).toMatchObject({ name: 'small-cnn-32', resizeFilter: 'area-32', sha256: tensorsDigest(tensors) })
  const { values, rows, columns } = await extractor.extract(films)
  const [params, classifier] = [fromNetworkTensors(tensors), filmClassifier(config)]
  const { features } = await classifier.classify(params, films)
  expect([rows, columns]).toEqual([3, extractor.columns])
  expect([...values]).toEqual([...features])
  classifier.dispose()
  tf.dispose(params)
  extractor.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

it('another weight, or another name, is another network', () => {
  const one = { a: { data: Float32Array.of(1, 2) }, b: { data: Float32Array.of(3) } }
  const names = [one, { b: one.b, a: one.a }, { ...one, b: { data: Float32Array.of(4) } }, { a: one.a, c: one.b }].map(
    tensorsDigest,
  )
  expect(names[1]).toBe(names[0])
  expect(new Set(names).size).toBe(3)
})

it('what is neither is refused by name', () => {
  expect(() => storedExtractor({ config: { architecture: 'aligner' }, tensors: {} })).toThrow('aligner')
})
