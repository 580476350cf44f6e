import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { savedModelInPython } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { exportGenerator } from './exportGenerator.ts'
import { filmTranslator } from './filmTranslator.ts'
import { makeGeneratorConfig } from './generatorConfig.ts'
import { cycleGanGenerator } from './networks/cycleGanGenerator.ts'

let node: Awaited<ReturnType<typeof loadRuntime>>['node']
const folder = mkdtempSync(join(tmpdir(), 'radiograft-generator-'))
beforeAll(async () => {
  ;({ node } = await loadRuntime({ threads: 2 }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('Python translates films of 8 bits as this program does', async () => {
  const config = makeGeneratorConfig(64, { filters: 8, blocks: 2, skip: true })
  const params = formulaParams(cycleGanGenerator(config.network).init(rng(0), [64, 64, 1]))
  const [height, width] = [150, 120]
  const values = Array.from({ length: height * width }, (_, i) => Math.round(127.5 * (1 + Math.sin(i * 0.013))))
  const shape = [1, height, width] as [number, number, number]
  const [stored, floats] = [join(folder, 'uint8'), join(folder, 'float32')]
  exportGenerator(config, params, { folder: stored, films: { height, width } })
  exportGenerator(config, params, { folder: floats, films: { height, width, dtype: 'float32', range: [0, 255] } })
  const model = await node.loadSavedModel(floats)
  const ours = model.predict({ films: tf.tensor3d(values, shape) }) as tf.NamedTensorMap
  const translator = filmTranslator(config, { batch: 1 })
  const pixels = Float32Array.from(values, (value) => value / 255)
  const [expected] = await translator.translate(params, [{ pixels, height, width }])
  for (const optimiser of ['off', 'on'] as const) {
    const films = { values, dtype: 'uint8', shape }
    const theirs = savedModelInPython(stored, { films }, { optimiser, threads: 2 })
    for (const name of ['input', 'output'] as const) {
      const { dtype, shape, values } = theirs[name]!
      const from = (theirs: ArrayLike<number>): number =>
        values.reduce((max, v, i) => Math.max(max, Math.abs(v - theirs[i]!)), 0)
      expect([dtype, shape]).toEqual(['float32', [1, 64, 64]])
      // The same bits, unless Python's optimiser merges and regroups.
      const own = from(ours[name]!.dataSync())
      if (optimiser === 'off') expect([name, own]).toEqual([name, 0])
      expect(own).toBeLessThan(1e-5)
      // The translator averages pixels in float64, and instance norm makes more of their last places.
      expect(from(expected![name])).toBeLessThan(name === 'input' ? 2e-7 : 2e-5)
    }
  }
  translator.dispose()
  model.dispose()
}, 180_000) // Python starts twice
