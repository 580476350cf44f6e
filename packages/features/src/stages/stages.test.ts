import { expect, test } from '@jest/globals'
import { defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { checkExtractor } from '../commands/index.ts'
import { networkExtractor } from '../extractors/networkExtractor.ts'
import { featureSetOf } from '@radiograft/metrics/distribution'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { writeMobilenet } from '../testing/mobilenetFolder.ts'
import { run as runExtract } from './extractFeatures.run.ts'
import { extractFeatures, readExtractor } from './index.ts'
import { run as runRead } from './readExtractor.run.ts'

const ids = filmIds(5)
const films = filmsInMemory(ids, 48, (id) => rng(id).uniforms(48 * 48))
const folder = emptyFolder('weights')

test('without a network: pixels, one row a film in order of id', async () => {
  const ctx = stageContext()
  const params = defaultsOf(extractFeatures, { batch: 2 })
  const { features } = await runExtract({ params, inputs: { films, network: undefined }, ctx })
  expect(features.map(({ film }) => film)).toEqual(ids)
  expect(featureSetOf(features).extractor).toEqual({ name: 'pixels-32x32', sha256: null, resizeFilter: 'area-32' })
  expect(ctx.done).toEqual([1, 2, 3, 4, 5])
})

test('a folder to a stored network to features; all tensors are given back', async () => {
  await loadRuntime({ threads: 2 })
  const before = tf.memory().numTensors
  const weights = { layout: 'layers-model', root: writeMobilenet(folder) } as const
  const { network } = await runRead({ params: defaultsOf(readExtractor), inputs: { weights }, ctx: stageContext() })
  // what the store keeps is plain JSON
  const stored = { ...network, config: JSON.parse(JSON.stringify(network.config)) as typeof network.config }
  const two = filmsInMemory(ids.slice(0, 3), 48, (id) => rng(id).uniforms(48 * 48))
  const params = defaultsOf(extractFeatures, { batch: 2 })
  const { features } = await runExtract({ params, inputs: { films: two, network: stored }, ctx: stageContext() })
  const set = featureSetOf(features)
  const { name, sha256 } = set.extractor
  // its weights are part of its name, for metrics have no other place where to say which they are
  expect([set.rows, set.columns, name]).toEqual([3, 1280, `mobilenet-v2-224-${sha256!.slice(0, 8)}`])
  const extractor = networkExtractor(network, { batch: 2 })
  const pixels = await two.rows([2])
  const alone = await extractor.extract({ pixels: pixels[0]!, count: 1, height: 48, width: 48 })
  extractor.dispose()
  alone.values.forEach((value, i) => expect(set.values[2 * 1280 + i]).toBeCloseTo(value, 4))
  expect(tf.memory().numTensors).toBe(before)
})

test('a folder of films is no network, nor is another network one: told before a run as by the stage', async () => {
  const films = { layout: 'rsna', root: '/films' } as const
  const narrow = { layout: 'layers-model', root: writeMobilenet(emptyFolder('narrow'), { last: 1792 }) } as const
  for (const [weights, says] of [
    [films, /\/films: read-extractor reads a folder with model\.json, and this is rsna/],
    [narrow, /not MobileNetV2 of width 1 at 224 x 224: out_relu has 1792 channels, not 1280/],
  ] as const) {
    const ctx = stageContext()
    await expect(runRead({ params: defaultsOf(readExtractor), inputs: { weights }, ctx })).rejects.toThrow(says)
    await expect(checkExtractor(weights)).rejects.toThrow(says)
  }
  await expect(checkExtractor({ layout: 'layers-model', root: folder })).resolves.toBeUndefined()
})
