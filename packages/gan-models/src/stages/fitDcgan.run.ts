// Entry of `fit-dcgan`.
import { toNetworkTensors } from '@radiograft/nn'
import { filmsOf, trainedOn, trainingCourse, type RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'
import type { DcganGeneratorConfig } from '../latentGenerator.ts'
import type { fitDcgan } from './fitDcgan.ts'
import { signedFilms } from './signedFilms.ts'
import { trainDcgan } from './trainDcgan.ts'

const PRODUCT = 'dcgan-generator'

export const run: RunOf<typeof fitDcgan> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { films, split, cohort } = inputs
  const { size, width, latent, batch, images, learningRate, loss, augment, augmentImages } = params
  const training = new Set(filmsOf(split, 'train'))
  const chosen = films.ids.filter((id) => training.has(id)).toSorted()
  if (Math.min(films.height, films.width) < size)
    throw new GanModelsError(
      'films',
      `${films.height} × ${films.width} pixels are fewer than the ${size} × ${size} that the networks see: read larger films, or set size to ${films.height} or less`,
    )
  if (chosen.length < batch)
    throw new GanModelsError(
      'films',
      `${chosen.length} of ${films.size} are in the training part, fewer than a batch of ${batch}: give more films, or set batch to ${Math.max(2, chosen.length)} or less`,
    )
  const steps = Math.ceil(images / batch)
  ctx.log(`${chosen.length} training films, ${steps} updates of each network, ${steps * batch} real films shown`)
  const trained = await trainDcgan(
    { films: chosen, read: signedFilms(films, size) },
    { size, width, latent },
    {
      seed: ctx.seed,
      compile: { precision: ctx.precision, cache: ctx.graphs },
      steps,
      batch,
      learningRate,
      ganLoss: loss,
      augment: augment ? { by: 'signs', images: augmentImages } : undefined,
      course: trainingCourse(ctx, { steps, product: PRODUCT }),
    },
  )
  const config: DcganGeneratorConfig = { architecture: PRODUCT, prior: 'uniform', size, latent, width }
  const tensors = await toNetworkTensors(trained.generator)
  tf.dispose(trained.generator)
  return {
    generator: { config: { ...config }, tensors },
    curves: trained.series,
    provenance: trainedOn(PRODUCT, chosen, cohort),
  }
}
