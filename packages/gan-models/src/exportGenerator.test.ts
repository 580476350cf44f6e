import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { exportGenerator } from './exportGenerator.ts'
import { filmTranslator } from './filmTranslator.ts'
import { makeGeneratorConfig } from './generatorConfig.ts'
import { cycleGanGenerator } from './networks/cycleGanGenerator.ts'

let node: Awaited<ReturnType<typeof loadRuntime>>['node']
const folder = mkdtempSync(join(tmpdir(), 'radiograft-generator-'))
beforeAll(async () => {
  ;({ node } = await loadRuntime())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each([true, false])(
  'an exported generator is the translator, from stored grey values on (skip %s)',
  async (skip) => {
    const config = makeGeneratorConfig(32, { filters: 4, blocks: 1, skip })
    const params = formulaParams(cycleGanGenerator(config.network).init(rng(0), [32, 32, 1]))
    const [height, width] = [45, 80]
    const films = [0.013, 0.02].map((k) =>
      Float32Array.from({ length: height * width }, (_, i) => (1 + Math.sin(i * k)) / 2),
    )
    // Stored from 100 (white) to 4,000 (black).
    const stored = films.map((film) => film.map((value) => 4000 - 3900 * value))
    const to = join(folder, String(skip)) // tfjs-node remembers the models of a folder
    exportGenerator(config, params, {
      folder: to,
      films: { height, width, dtype: 'float32', range: [4000, 100], batch: 2 },
    })
    const model = await node.loadSavedModel(to)
    const answer = model.predict({
      films: tf.tensor3d(Float32Array.from(stored.flatMap((f) => [...f])), [2, height, width]),
    })
    const { input, output } = answer as tf.NamedTensorMap
    expect([input!.shape, output!.shape]).toEqual([
      [2, 32, 32],
      [2, 32, 32],
    ])
    const translator = filmTranslator(config, { batch: 2 })
    const expected = await translator.translate(
      params,
      films.map((pixels) => ({ pixels, height, width })),
    )
    const [x, y] = [input!.dataSync(), output!.dataSync()]
    let changed = 0
    expected.forEach((film, i) => {
      for (let at = 0; at < 1024; at++) {
        expect(Math.abs(x[i * 1024 + at]! - film.input[at]!)).toBeLessThan(1e-6)
        expect(Math.abs(y[i * 1024 + at]! - film.output[at]!)).toBeLessThan(2e-5)
        changed = Math.max(changed, Math.abs(film.output[at]! - film.input[at]!))
      }
    })
    expect(changed).toBeGreaterThan(0.01)
    translator.dispose()
    model.dispose()
  },
)
