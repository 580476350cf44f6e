import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adamKnobs } from '@radiograft/nn'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { anchors } from './anchors.ts'
import { detectorState, detectorStep } from './detectorStep.ts'
import { drawnParams } from './fixtures/drawnParams.ts'
import { retinaNet } from './network/retinaNet.ts'

const folder = mkdtempSync(join(tmpdir(), 'radiograft-detector-graph-'))
beforeAll(() => loadRuntime({ threads: 2 }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the graph of the default detector is small, and its ops are called as the layers', () => {
  const network = retinaNet({ classes: 3 })
  const run = compileStep(detectorStep(network, { seed: 1 }), { cache: { folder, key: 'default' } })
  const count = anchors(128, 128).length / 4
  const batch = {
    films: tf.fill([2, 128, 128, 1], 0.5),
    labels: tf.ones([2, count]),
    deltas: tf.zeros([2, count, 4]),
    classes: tf.oneHot(tf.tensor1d([0, 2], 'int32'), 3),
  }
  const state = detectorState(drawnParams(network, [128, 128, 1]))
  tf.dispose(run(state, batch, adamKnobs(1, 1e-3)).state)
  run.dispose()
  tf.dispose([state, batch])
  const [name] = readdirSync(folder)
  const file = readFileSync(join(folder, name!))
  // 443 kB: thousands of ops by name, and no constant above 64 kB.
  expect(file.length).toBeLessThan(700_000)
  const text = file.toString('latin1')
  for (const layer of [
    'backbone/layer2/0/conv1',
    'backbone/layer2/0/downsample/0',
    'pyramid/inner_blocks.0.0',
    'class/conv0',
    'box/output',
    'film/fc',
  ]) {
    expect([layer, text.includes(`${layer}/n`), text.includes(`${layer}/grad/n`)]).toEqual([layer, true, true])
  }
})
