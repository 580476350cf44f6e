// A training in bf16 goes the way of one in fp32: films with a bright square, and the same films without, over 200 steps.
import { beforeAll, expect, jest, test } from '@jest/globals'
import { asUnit, toSigned } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { makeGeneratorConfig } from './generatorConfig.ts'
import { trainTranslation } from './stages/trainTranslation.ts'

jest.setTimeout(120_000) // a busy machine is no failure
beforeAll(() => loadRuntime({ threads: 2 }))

const SIZE = 32
const ids = Array.from({ length: 12 }, (_, i) => `film ${i}`)
/** A soft disc on noise; with the square that the generator has to take away, or without. */
const drawn = (square: number) => {
  const films = new Map(
    ids.map((id) => {
      const left = 6 + 14 * rng(`${id} x`).uniforms(1)[0]!
      const pixels = rng(id)
        .uniforms(SIZE * SIZE)
        .map((v, i) => {
          const [x, y] = [i % SIZE, Math.floor(i / SIZE)]
          const disc = 0.4 * Math.exp(-((x - 16) ** 2 + (y - 16) ** 2) / 150)
          return 0.1 + 0.05 * v + disc + (x > left && x < left + 6 && y > 10 && y < 18 ? square : 0)
        })
      return [id, toSigned(asUnit(pixels))]
    }),
  )
  return async (chosen: ReadonlyArray<string>) => chosen.map((id) => films.get(id)!)
}

const curvesOf = async (precision: 'fp32' | 'bf16') => {
  const { series, ...networks } = await trainTranslation(
    { inputs: ids, reals: ids, read: { input: drawn(0.4), target: drawn(0), real: drawn(0) } },
    makeGeneratorConfig(SIZE, { filters: 8, blocks: 1, skip: true }),
    {
      seed: 3,
      compile: { precision },
      steps: 200,
      batch: 4,
      discriminatorFilters: 4,
      learningRate: 2e-4,
      ganLoss: 'non-saturating',
      l1Weight: 100,
      identityWeight: 0,
    },
  )
  tf.dispose(networks)
  return (name: string) => series.filter((row) => row.name === name).map(({ value }) => value)
}

test('fp32 and bf16 learn the same in the same time', async () => {
  const [fp32, bf16] = [await curvesOf('fp32'), await curvesOf('bf16')]
  const [a, b] = [fp32('l1'), bf16('l1')] // means over windows of 20 steps
  expect(a).toHaveLength(10)
  expect(a.at(-1)!).toBeLessThan(0.3 * a[0]!) // it learns
  expect(b).not.toEqual(a)
  const apart = (name: string) => fp32(name).map((value, i) => Math.abs(bf16(name)[i]! - value) / fp32(name)[0]!)
  // measured: .042 at most and .002 at the end; the discriminator's loss .076 at most
  expect(Math.max(...apart('l1'))).toBeLessThan(0.08)
  expect(apart('l1').at(-1)).toBeLessThan(0.04)
  expect(Math.max(...apart('discriminator'))).toBeLessThan(0.16)
})
