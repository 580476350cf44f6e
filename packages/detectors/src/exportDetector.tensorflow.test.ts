import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resizeArea } from '@radiograft/geometry'
import { loadRuntime } from '@radiograft/tensor/node'
import { savedModelInPython } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { pyramidLevels } from './anchors.ts'
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
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const config: DetectorConfig = {
  architecture: 'retinanet-resnet18',
  height: 64,
  width: 64,
  levels: pyramidLevels(),
  network: { classes: 2, headChannels: 16 },
  classNames: ['normal', 'opacity'],
  positiveClasses: [1],
  attention: null,
}

test('Python finds on films of 16 bits what this program finds', async () => {
  const network = retinaNet(config.network)
  const params = drawnParams(network, [64, 64, 1])
  const [height, width] = [96, 128]
  const values = Array.from({ length: height * width }, (_, i) => Math.round(2000 * (1 + Math.sin(i * 0.013))))
  const shape = [1, height, width] as [number, number, number]
  const [stored, floats] = [join(folder, 'uint16'), join(folder, 'float32')]
  const range = [0, 4000] as const
  exportDetector(config, params, { folder: stored, films: { height, width, dtype: 'uint16', range } })
  exportDetector(config, params, { folder: floats, films: { height, width, dtype: 'float32', range } })
  const model = await node.loadSavedModel(floats)
  const ours = model.predict({ films: tf.tensor3d(values, shape) }) as tf.NamedTensorMap
  const found = detector(network, { ...config, batch: 1 })
  const pixels = resizeArea(
    Float32Array.from(values, (value) => value / 4000),
    height,
    width,
    64,
    64,
  )
  const [output] = await found.outputs(params, [{ pixels }])
  const boxes = decodeBoxes(found.anchors, output!.deltas, [...output!.scores.keys()], config)
  const expected = {
    scores: output!.scores,
    film: [output!.film],
    boxes: boxes.flatMap((box) => box.map((edge, k) => edge * (k % 2 === 0 ? 2 : 1.5))),
  }
  // The detector's films are averaged in float64: last places of pixels, of which eighteen layers make more.
  const near = { scores: 1e-4, film: 1e-4, boxes: 0.02 }
  for (const optimiser of ['off', 'on'] as const) {
    const films = { values, dtype: 'uint16', shape }
    const theirs = savedModelInPython(stored, { films }, { optimiser, threads: 2 })
    expect(theirs['boxes']!.shape).toEqual([1, found.anchors.length / 4, 4])
    for (const name of ['scores', 'film', 'boxes'] as const) {
      const from = (other: ArrayLike<number>): number =>
        theirs[name]!.values.reduce((max, v, i) => Math.max(max, Math.abs(v - other[i]!)), 0)
      // The same bits, unless Python's optimiser merges and regroups.
      const own = from(ours[name]!.dataSync())
      if (optimiser === 'off') expect([name, own]).toEqual([name, 0])
      expect(own).toBeLessThan(near[name])
      expect(from(expected[name])).toBeLessThan(near[name])
    }
  }
  found.dispose()
  model.dispose()
}, 180_000) // Python starts twice
