import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resizeArea } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { cellsOf, pyramidLevels } from './anchors.ts'
import { decodeBoxes } from './boxDeltas.ts'
import { detector } from './detector.ts'
import type { DetectorConfig } from './detectorConfig.ts'
import { exportDetector } from './exportDetector.ts'
import { drawnParams } from './fixtures/drawnParams.ts'
import { retinaNet } from './network/retinaNet.ts'

let node: Awaited<ReturnType<typeof loadRuntime>>['node']
const folder = mkdtempSync(join(tmpdir(), 'radiograft-detector-'))
beforeAll(async () => {
  ;({ node } = await loadRuntime({ threads: 2 }))
  params = drawnParams(retinaNet(config.network), [config.height, config.width, 1])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const config: DetectorConfig = {
  architecture: 'retinanet-resnet18',
  height: 64,
  width: 96,
  levels: pyramidLevels(),
  network: { classes: 3, headChannels: 16 },
  classNames: ['a', 'b', 'c'],
  positiveClasses: [1, 2],
  attention: null,
}
let params: Params

test('an exported detector says what the detector says, boxes in pixels of the stored film', async () => {
  const [height, width] = [128, 144]
  const films = [0.013, 0.02].map((k) =>
    Float32Array.from({ length: height * width }, (_, i) => (1 + Math.sin(i * k)) / 2),
  )
  exportDetector(config, params, {
    folder: join(folder, 'plain'),
    films: { height, width, dtype: 'float32', range: [-1, 1], batch: 2 },
  })
  const model = await node.loadSavedModel(join(folder, 'plain'))
  const stored = tf.tensor3d(Float32Array.from(films.flatMap((film) => [...film])), [2, height, width])
  const answer = model.predict({ films: tf.sub(tf.mul(stored, 2), 1) }) as tf.NamedTensorMap
  const found = detector(retinaNet(config.network), { ...config, batch: 2 })
  const seen = films.map((film) => ({ pixels: resizeArea(film, height, width, config.height, config.width) }))
  const expected = await found.outputs(params, seen)
  const count = found.anchors.length / 4
  expect(answer['boxes']!.shape).toEqual([2, count, 4])
  const [boxes, scores, film] = ['boxes', 'scores', 'film'].map((name) => answer[name]!.dataSync())
  let spread = 0
  expected.forEach((output, i) => {
    expect(film![i]).toBeCloseTo(output.film, 5)
    const decoded = decodeBoxes(found.anchors, output.deltas, [...output.scores.keys()], config)
    for (let a = 0; a < count; a++) {
      expect(Math.abs(scores![i * count + a]! - output.scores[a]!)).toBeLessThan(1e-4)
      decoded[a]!.forEach((edge, k) => {
        const scale = k % 2 === 0 ? 1.5 : 2 // 144 / 96, 128 / 64
        expect(Math.abs(boxes![4 * (i * count + a) + k]! - edge * scale)).toBeLessThan(0.02)
      })
    }
    spread = Math.max(spread, Math.max(...output.scores) - Math.min(...output.scores))
  })
  expect(spread).toBeGreaterThan(0.01)
  found.dispose()
  model.dispose()
})

test('with attention the map is an input, one number a cell', async () => {
  const network = { ...config.network, attention: { form: 'a', levels: [3, 4] } } as const
  exportDetector({ ...config, network }, params, {
    folder: join(folder, 'attention'),
    films: { height: 64, width: 96, dtype: 'float32' },
  })
  const model = await node.loadSavedModel(join(folder, 'attention'))
  const cells = config.levels.reduce((sum, { level }) => sum + cellsOf(64, level) * cellsOf(96, level), 0)
  const films = tf.zeros([1, 64, 96])
  const [none, all] = [tf.zeros, tf.ones].map((of) =>
    Array.from((model.predict({ films, attention: of([1, cells]) }) as tf.NamedTensorMap)['scores']!.dataSync()),
  )
  expect(none).not.toEqual(all)
  model.dispose()
})
