// Entry of `fit-detector`.
import { toNetworkTensors } from '@radiograft/nn'
import { seenByBoth, trainedOn, trainingCourse } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { augmentation } from '../augmentFilm.ts'
import { makeDetectorConfig } from '../detectorConfig.ts'
import { filmClasses } from '../filmClasses.ts'
import { checkInitialDetector } from './initialDetector.ts'
import type { fitDetector } from './fitDetector.ts'
import { trainDetector } from './trainDetector.ts'
import { extraSet, listed, poolReader, trainingLabels, type FilmSet } from './trainingPool.ts'

export const run: RunOf<typeof fitDetector> = async ({ params, inputs, ctx }) => {
  const tf = await loadRuntime({ threads: ctx.threads })
  const { films, boxes, labels, cohort, split } = inputs
  const real: FilmSet = { films, boxes, labels, split, attention: inputs.attention }
  const extra = extraSet(inputs, films)
  const labelled = trainingLabels(real)
  const classes = filmClasses([...labelled, ...(extra ? trainingLabels(extra) : [])], params.globalClasses)
  const config = makeDetectorConfig(films, classes, inputs.attention !== undefined, params)
  checkInitialDetector(inputs, config)
  const own = listed(real, classes.of)
  const added = extra ? listed(extra, classes.of.slice(labelled.length)) : []
  const having = (some: typeof own): string =>
    `${some.length} (${some.filter(({ boxes: b }) => b.length > 0).length} with boxes)`
  ctx.log(
    `training films: ${having(own)}${extra ? ` and ${having(added)} synthetic` : ''}; classes ${classes.names.join(', ')}`,
  )
  const { params: weights, series } = await trainDetector(
    [...own, ...added],
    poolReader(extra ? [real, extra] : [real], config.attention),
    config,
    {
      seed: ctx.seed,
      compile: { precision: ctx.precision, cache: ctx.graphs },
      steps: params.steps,
      batch: params.batch,
      learningRate: params.learningRate,
      step: { globalWeight: params.globalWeight, normaliser: params.normaliser, clipNorm: params.clipNorm },
      augment: augmentation(params.augmentation, params.mirror),
      assign: { forceBest: params.forceBest },
      init: inputs.init?.tensors,
      course: trainingCourse(ctx, { steps: params.steps, product: 'detector' }),
    },
  )
  const tensors = await toNetworkTensors(weights)
  tf.dispose(weights)
  return {
    detector: { config: { ...config }, tensors },
    curves: series,
    provenance: seenByBoth(
      trainedOn(
        'detector',
        [...own, ...added].map(({ id }) => id),
        [...cohort, ...(extra?.split ?? [])],
      ),
      [...inputs.extraProvenance.flat(), ...(inputs.initProvenance ?? [])],
    ),
  }
}
