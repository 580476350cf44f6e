import { beforeAll, expect, it } from '@jest/globals'
import { resizeArea } from '@radiograft/geometry'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { filmTranslator, type SizedFilm } from './filmTranslator.ts'
import { makeGeneratorConfig } from './generatorConfig.ts'
import { cycleGanGenerator } from './networks/cycleGanGenerator.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const film = (name: string, side: number): SizedFilm => ({
  pixels: rng(name).uniforms(side * side),
  height: side,
  width: side,
})

it('batches, their last one too, change nothing but the last bits; tensors are given back', async () => {
  const config = makeGeneratorConfig(16, { filters: 2, blocks: 1, skip: false })
  const params = tf.tidy(() => formulaParams(cycleGanGenerator(config.network).init(rng(0), [16, 16, 1])))
  const films = [film('a', 16), film('b', 20), film('c', 32)]
  const before = tf.memory().numTensors
  const translator = filmTranslator(config, { batch: 2 })
  const together = await translator.translate(params, films)
  for (const [i, one] of films.entries()) {
    const [alone] = await translator.translate(params, [one])
    alone!.output.forEach((v, p) => expect(v).toBeCloseTo(together[i]!.output[p]!, 5))
    expect(alone!.input).toEqual(resizeArea(one.pixels, one.height, one.width, 16, 16))
  }
  expect(together.map(({ output }) => output.length)).toEqual([256, 256, 256])
  expect(together.every(({ output }) => output.every((v) => v >= 0 && v <= 1))).toBe(true)
  expect(tf.memory().numTensors).toBe(before)
  await expect(
    translator.translate(params, [{ ...film('d', 16), pixels: new Float32Array(256).fill(200) }]),
  ).rejects.toThrow('divide by 255')
  translator.dispose()
  tf.dispose(params)
})

it('an untrained generator with a skip gives the film back', async () => {
  const config = makeGeneratorConfig(32, { filters: 2, blocks: 1, skip: true })
  const params = tf.tidy(() => cycleGanGenerator(config.network).init(rng(0), [32, 32, 1]))
  const translator = filmTranslator(config)
  const [made] = await translator.translate(params, [film('a', 32)])
  made!.input.forEach((x, i) => expect(made!.output[i]).toBeCloseTo(x, 6))
  translator.dispose()
  tf.dispose(params)
})
