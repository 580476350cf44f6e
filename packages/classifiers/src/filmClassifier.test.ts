// A classifier at work: in batches, at any size, as features and as scores with a gradient.
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { resizeArea } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { classifierConfig } from './classifierConfig.ts'
import { classifierFeatures } from './classifierFeatures.ts'
import { classifierScores } from './classifierScores.ts'
import { filmClassifier } from './filmClassifier.ts'
import { distanceToTorch } from '@radiograft/testing'
import { formulaConfig, formulaFilms, formulaNetwork, formulaWeights } from './testing/formulaClassifier.ts'
import fixture from './fixtures/small-cnn.json' with { type: 'json' }

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const near = (a: ArrayLike<number>, b: ArrayLike<number>, within: number): void => {
  expect(a).toHaveLength(b.length)
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(within)
}

test('films in [0, 1] give torch’s logits of 2x − 1, whatever the batch; no tensor is left', async () => {
  const params = formulaWeights()
  const pixels = tf.tidy(() => tf.div(tf.add(formulaFilms(), 1), 2).dataSync()) as Float32Array
  const before = tf.memory().numTensors
  for (const batch of [2, 5, 8]) {
    const classifier = filmClassifier(formulaConfig(), { batch })
    const found = await classifier.classify(params, { pixels, count: 5, height: 32, width: 32 })
    near(found.logits, fixture.used.logits, 1e-5)
    expect(found.features).toHaveLength(5 * classifier.features)
    classifier.dispose()
  }
  expect(tf.memory().numTensors).toBe(before)
})

test('larger films are area-averaged to its size; wrong pixels are refused', async () => {
  const params = formulaWeights()
  const classifier = filmClassifier(formulaConfig())
  const pixels = rng('large').uniforms(80 * 40)
  const large = await classifier.classify(params, { pixels, count: 1, height: 80, width: 40 })
  const small = resizeArea(pixels, 80, 40, 32, 32)
  expect(large.logits).toEqual(
    (await classifier.classify(params, { pixels: small, count: 1, height: 32, width: 32 })).logits,
  )
  await expect(classifier.classify(params, { pixels, count: 2, height: 80, width: 40 })).rejects.toMatchObject({
    _tag: 'ClassifierError',
    message: 'films: 3200 pixels for 2 films of 80 x 40',
  })
  const bright = { pixels: pixels.map((v) => 255 * v), count: 1, height: 80, width: 40 }
  await expect(classifier.classify(params, bright)).rejects.toMatchObject({ _tag: 'PixelRangeError' })
  classifier.dispose()
})

test('as an extractor: name, columns, filter, and torch’s features', async () => {
  const extractor = classifierFeatures(formulaConfig(), formulaWeights())
  expect(extractor).toMatchObject({ name: 'small-cnn-32', columns: formulaNetwork.features, resizeFilter: 'area-32' })
  const pixels = Float64Array.from(tf.div(tf.add(formulaFilms(), 1), 2).dataSync())
  const { values, rows, columns } = await extractor.extract({ pixels, count: 5, height: 32, width: 32 })
  expect([rows, columns]).toEqual([5, 32])
  expect(distanceToTorch(tf.tensor1d(values), fixture.used.features)).toBeLessThan(1e-5)
  extractor.dispose()
})

test('as scores: logits, one class’s log odds, and their gradient by the films as torch has it', () => {
  const { classes, scores, scoreOf } = classifierScores(formulaConfig(), formulaWeights())
  const films = formulaFilms()
  const logits = scores(films)
  expect(classes).toEqual(['a', 'b', 'c'])
  expect(logits.shape).toEqual([5, 3])
  near(logits.dataSync(), fixture.used.logits, 1e-5)
  const score = scoreOf('b')
  const [x, y, z] = fixture.used.logits as [number, number, number]
  expect(score(films).shape).toEqual([5])
  expect(score(films).dataSync()[0]).toBeCloseTo(y - Math.log(Math.exp(x) + Math.exp(z)), 4)
  const dx = tf.grad((x) => tf.sum(score(x)))(films)
  expect(distanceToTorch(dx, fixture.used.dx)).toBeLessThan(1e-6)
  // of findings the others do not enter
  const own = classifierScores(formulaConfig('findings'), formulaWeights()).scoreOf('b')
  expect(own(films).dataSync()[0]).toBeCloseTo(y, 4)
  expect(() => scoreOf('d')).toThrow('there is no class d, only a, b, c')
})

test('scores of films of another size are those of the averaged films, and have a gradient', () => {
  const { scores, scoreOf } = classifierScores(formulaConfig(), formulaWeights())
  const small = formulaFilms()
  const doubled = tf.image.resizeNearestNeighbor(small as tf.Tensor4D, [64, 64]) // blocks of equal pixels
  near(scores(doubled).dataSync(), scores(small).dataSync(), 1e-5)
  const total = (films: tf.Tensor) => tf.sum(tf.grad((x) => tf.sum(scoreOf('a')(x)))(films)).dataSync()[0]!
  expect(total(doubled)).toBeCloseTo(total(small), 4)
})

test('another network’s configuration is refused by its name', () => {
  expect(classifierConfig({ ...formulaConfig() })).toEqual(formulaConfig())
  expect(() => classifierConfig({ architecture: 'stn-resnet18' })).toThrow(
    'classifier: architecture "stn-resnet18" is no classifier: wire the output of fit-classifier',
  )
  expect(() => classifierConfig({})).toThrow('architecture none')
})
