// Entry of `fit-detector`.
import { toNetworkTensors } from '@radiograft/nn'
import { boxesByFilm, filmsOf, seenByBoth, trainedOn, trainingCourse } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { pyramidLevels } from '../anchors.ts'
import { augmentation } from '../augmentFilm.ts'
import type { DetectorConfig } from '../detectorConfig.ts'
import { filmClasses } from '../filmClasses.ts'
import { attentionReader } from './attentionReader.ts'
import { checkInitialDetector } from './initialDetector.ts'
import type { fitDetector } from './fitDetector.ts'
import { trainDetector } from './trainDetector.ts'

export const run: RunOf<typeof fitDetector> = async ({ params, inputs, ctx }) => {
  const tf = await loadRuntime({ threads: ctx.threads })
  const { films, boxes, labels, cohort, split } = inputs
  const training = new Set(filmsOf(split, 'train'))
  const labelled = labels.filter(({ film }) => training.has(film))
  const classes = filmClasses(labelled, params.globalClasses)
  const config: DetectorConfig = {
    architecture: 'retinanet-resnet18',
    height: films.height,
    width: films.width,
    levels: pyramidLevels(params.anchorFactor),
    classNames: classes.names,
    positiveClasses: classes.positive,
    attention: inputs.attention ? { by: params.attentionBy, reference: params.attentionReference } : null,
    network: {
      classes: classes.names.length,
      headChannels: params.headChannels,
      headNorm: params.headNorm,
      dropout: params.dropout,
      ...(inputs.attention ? { attention: { form: params.attentionForm, levels: params.attentionLevels } } : {}),
    },
  }
  checkInitialDetector(inputs, config)
  const boxesOf = boxesByFilm(boxes)
  const listed = labelled.map(({ film }, i) => ({ id: film, boxes: boxesOf(film), class: classes.of[i]! }))
  const having = listed.filter((film) => film.boxes.length > 0).length
  ctx.log(`${listed.length} training films, ${having} with boxes; classes ${classes.names.join(', ')}`)
  const attentionOf = attentionReader(inputs.attention, config.attention)
  const { params: weights, series } = await trainDetector(
    listed,
    async (ids) => {
      const [pixels, maps] = await Promise.all([films.rows(ids.map((id) => films.indexOf(id))), attentionOf(ids)])
      return pixels.map((film, i) => ({ pixels: film, attention: maps[i] }))
    },
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
        listed.map(({ id }) => id),
        cohort,
      ),
      inputs.initProvenance,
    ),
  }
}
