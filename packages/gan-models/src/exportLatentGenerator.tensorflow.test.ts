import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Params } from '@radiograft/nn'
import { loadRuntime } from '@radiograft/tensor/node'
import { savedModelInPython } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { dcganGenerator } from './dcgan/dcganGenerator.ts'
import { exportLatentGenerator } from './exportLatentGenerator.ts'
import { filmSampler } from './filmSampler.ts'
import { drawLatents } from './latent/drawLatents.ts'
import { latentGenerator, type LatentGeneratorConfig } from './latentGenerator.ts'
import { networksAt } from './progressive/networksAt.ts'
import { dcganFormula } from './testing/dcganFormula.ts'
import { progressiveFormula } from './testing/progressiveFormula.ts'

const folder = mkdtempSync(join(tmpdir(), 'radiograft-latent-generator-'))
beforeAll(() => loadRuntime({ threads: 2 }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const [SIZE, LATENT, BATCH] = [64, 12, 3]
const cases: ReadonlyArray<{ readonly config: LatentGeneratorConfig; readonly weights: () => Params }> = [
  {
    config: { architecture: 'progressive-generator', size: SIZE, latent: LATENT, largest: 16 },
    weights: () => {
      const { generator } = networksAt({ latent: LATENT, largest: 16, group: 2 })({ resolution: SIZE })
      return progressiveFormula(generator, 'generator')
    },
  },
  {
    config: { architecture: 'dcgan-generator', size: SIZE, latent: LATENT, width: 16 },
    weights: () => dcganFormula(dcganGenerator({ size: SIZE, latent: LATENT, width: 16 }), 'generator'),
  },
]

it.each(cases)(
  'Python makes the films of this program from the same latents: $config.architecture',
  async ({ config, weights }) => {
    const own = join(folder, config.architecture)
    const params = tf.tidy(weights)
    exportLatentGenerator({ ...config }, params, { folder: own, batch: BATCH })
    const latents = drawLatents(latentGenerator({ ...config }), { seed: 1, films: BATCH })
    const sampler = filmSampler({ ...config }, { batch: BATCH })
    const films = await sampler.sample(params, latents)
    sampler.dispose()
    tf.dispose(params)
    const ours = films.flatMap((film) => [...film])
    // films that are flat, clipped or one film three times would agree whatever the file held
    expect(new Set(ours).size).toBeGreaterThan(0.5 * ours.length)
    const between = ours.slice(0, SIZE * SIZE).map((v, i) => Math.abs(v - ours[SIZE * SIZE + i]!))
    expect(Math.max(...between)).toBeGreaterThan(0.05)
    const given = {
      latents: { values: latents.flatMap((z) => [...z]), dtype: 'float32', shape: [BATCH, LATENT] },
    }
    for (const optimiser of ['off', 'on'] as const) {
      const theirs = savedModelInPython(own, given, { optimiser, threads: 2 })
      expect(Object.keys(theirs)).toEqual(['films'])
      const { dtype, shape, values } = theirs['films']!
      expect([dtype, shape]).toEqual(['float32', [BATCH, SIZE, SIZE]])
      // with oneDNN on both sides the films are equal to the last bit or two; what is left is the rounding of our Winograd
      // transforms through eleven convolutions, 5.9e-6 of the films' range on AVX-512, AVX2 and SSE alike
      expect(values.reduce((max, v, i) => Math.max(max, Math.abs(v - ours[i]!)), 0)).toBeLessThan(2e-5)
    }
  },
  180_000, // Python starts twice
)
