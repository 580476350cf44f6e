// Entry of `sample-films`.
import { fromNetworkTensors } from '@radiograft/nn'
import type { Film, RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { filmSampler } from '../filmSampler.ts'
import { drawLatents } from '../latent/drawLatents.ts'
import { latentWay } from '../latent/latentWay.ts'
import { latentGenerator } from '../latentGenerator.ts'
import { enlarged } from './enlarged.ts'
import type { sampleFilms } from './sampleFilms.ts'

export const run: RunOf<typeof sampleFilms> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { config, tensors } = inputs.generator
  const { size: own, latent, prior } = latentGenerator(config)
  const resize = enlarged(own, params.size || own)
  const drawn = drawLatents({ latent, prior }, { seed: ctx.seed, films: params.films, truncation: params.truncation })
  const latents = latentWay(drawn, params.steps, prior)
  const digits = Math.max(5, String(latents.length).length)
  const films = async function* (): AsyncGenerator<Film> {
    const sampler = filmSampler(config, { precision: ctx.precision, cache: ctx.graphs })
    const weights = fromNetworkTensors(tensors)
    try {
      for (let at = 0; at < latents.length; at += sampler.batch) {
        ctx.signal.throwIfAborted()
        const made = await sampler.sample(weights, latents.slice(at, at + sampler.batch))
        for (const [i, pixels] of made.entries())
          yield { id: `generated-${String(at + i + 1).padStart(digits, '0')}`, pixels: resize(pixels) }
        ctx.progress(at + made.length, latents.length, 'films')
      }
    } finally {
      tf.dispose(weights)
      sampler.dispose()
    }
  }
  const data = new Float32Array(latents.length * latent)
  latents.forEach((z, i) => data.set(z, i * latent))
  const side = params.size || own
  return {
    films: { height: side, width: side, storage: 'uint16', films: films() },
    latents: {
      config: { rows: 'latents', prior, seed: ctx.seed },
      tensors: { latents: { shape: [latents.length, latent], data } },
    },
  }
}
