import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { exportLatentGenerator } from './exportLatentGenerator.ts'
import { filmSampler } from './filmSampler.ts'
import { networksAt } from './progressive/networksAt.ts'
import { progressiveFormula } from './testing/progressiveFormula.ts'

let node: Awaited<ReturnType<typeof loadRuntime>>['node']
const folder = mkdtempSync(join(tmpdir(), 'radiograft-latent-generator-'))
beforeAll(async () => {
  ;({ node } = await loadRuntime({ threads: 2 }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('an exported generator is the sampler', async () => {
  const config = { architecture: 'progressive-generator', size: 16, latent: 6, largest: 8 }
  const { generator } = networksAt({ ...config, group: 2 })({ resolution: 16 })
  const params = tf.tidy(() => progressiveFormula(generator, 'generator'))
  const latents = [rng('a').normals(6), rng('b').normals(6)].map((z) => Float32Array.from(z))
  expect(exportLatentGenerator(config, params, { folder, batch: 2 })).toBeGreaterThan(1000)
  const model = await node.loadSavedModel(folder)
  const z = tf.tensor2d(
    latents.flatMap((row) => [...row]),
    [2, 6],
  )
  const { films } = model.predict({ latents: z }) as tf.NamedTensorMap
  expect(films!.shape).toEqual([2, 16, 16])
  const sampler = filmSampler(config, { batch: 2 })
  const wanted = (await sampler.sample(params, latents)).flatMap((film) => [...film])
  expect(new Set(wanted).size).toBeGreaterThan(100)
  films!.dataSync().forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThan(1e-6))
  sampler.dispose()
  model.dispose()
  tf.dispose([params, z, films!])
  expect(() => exportLatentGenerator({ architecture: 'patchgan' }, params, { folder })).toThrow('makes no films')
})
