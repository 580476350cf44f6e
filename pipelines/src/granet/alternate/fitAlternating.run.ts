// Entry of `fit-alternating`.
import {
  augmentation,
  balanceOf,
  detectorBatches,
  filmClasses,
  makeDetectorConfig,
  type ListedFilm,
} from '@radiograft/detectors'
import {
  cycleGanGenerator,
  discriminatorConfig,
  generatorConfig,
  makeGeneratorConfig,
  pairedBatch,
  patchGan,
} from '@radiograft/gan-models'
import { asUnit, resizeArea, toSigned, type SignedPixels } from '@radiograft/geometry'
import { fromNetworkTensors, toNetworkTensors } from '@radiograft/nn'
import {
  assertUnseen,
  boxesByFilm,
  filmsOf,
  seenByBoth,
  trainedOn,
  trainingCourse,
  type Films,
  type RunOf,
} from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { balancedOrder, batchOrder } from '@radiograft/training'
import type { fitAlternating } from './fitAlternating.ts'
import { turnsOf } from './schedule.ts'
import { trainAlternating } from './trainAlternating.ts'

/** Films of a collection as the generator sees them. */
const signed =
  (films: Films, size: number) =>
  async (ids: ReadonlyArray<string>): Promise<ReadonlyArray<SignedPixels>> =>
    (await films.rows(ids.map((id) => films.indexOf(id)))).map((pixels) =>
      toSigned(asUnit(resizeArea(pixels, films.height, films.width, size, size))),
    )

export const run: RunOf<typeof fitAlternating> = async ({ params, inputs, ctx }) => {
  const tf = await loadRuntime({ threads: ctx.threads })
  const { films, pseudoNormals, boxes, labels, cohort, split } = inputs
  const { schedule, steps, epoch, batch, pairBatch } = params
  assertUnseen(
    inputs.pairProvenance,
    split.filter(({ part }) => part !== 'train'),
  )
  const training = new Set(filmsOf(split, 'train'))
  const labelled = labels.filter(({ film }) => training.has(film))
  const classes = filmClasses(labelled, params.globalClasses)
  const { attention, ...plain } = makeDetectorConfig(films, classes, true, params)
  const config = { ...plain, attention: attention! }
  const { size, network } = generatorConfig(inputs.generator.config)
  const { filters } = discriminatorConfig(inputs.discriminator.config).network

  const boxesOf = boxesByFilm(boxes)
  const listed: ReadonlyArray<ListedFilm> = labelled.map(({ film }, i) => ({
    id: film,
    boxes: boxesOf(film),
    class: classes.of[i]!,
  }))
  const read = async (ids: ReadonlyArray<string>) =>
    (await films.rows(ids.map((id) => films.indexOf(id)))).map((pixels) => ({ pixels }))
  const detectorOf = (seed: string) => {
    const balance = { seed, ...balanceOf(listed, batch) }
    return detectorBatches(listed, read, config, {
      seed: ctx.seed,
      order: (step) => balancedOrder(balance, step),
      augment: augmentation(params.augmentation, params.mirror),
      assign: { forceBest: params.forceBest },
    })
  }

  const having = pseudoNormals.ids.filter((id) => training.has(id))
  const reals = labelled.flatMap((row) => (row.class === params.normalClass ? [row.film] : []))
  const [filmAt, targetAt] = [signed(films, size), signed(pseudoNormals, size)]
  const pairOf = async (step: number) => {
    const draw = (stream: string, from: ReadonlyArray<string>): string[] =>
      Array.from(batchOrder(`${ctx.seed}/${stream}`, from.length, pairBatch, step), (i) => from[i]!)
    const [xs, ys] = [draw('inputs', having), draw('reals', reals)]
    const [input, target, real] = await Promise.all([filmAt(xs), targetAt(xs), filmAt(ys)])
    return { tensors: pairedBatch({ input, target, real }, size), films: [...xs, ...ys] }
  }

  const turns = turnsOf(schedule, { steps, epoch })
  ctx.log(
    `${schedule}: ${steps} steps of the detector in ${turns.steps}; ${listed.length} films, ${having.length} pairs, ${reals.length} normal films`,
  )
  const trained = await trainAlternating(
    { detector: detectorOf(String(ctx.seed)), through: detectorOf(`${ctx.seed}/through`), pair: pairOf },
    config,
    {
      generator: cycleGanGenerator(network),
      discriminator: patchGan({ filters }),
      size,
      generatorParams: fromNetworkTensors(inputs.generator.tensors),
      discriminatorParams: fromNetworkTensors(inputs.discriminator.tensors),
    },
    {
      seed: ctx.seed,
      compile: { precision: ctx.precision, cache: ctx.graphs },
      schedule,
      steps,
      epoch,
      learningRate: params.learningRate,
      detector: { globalWeight: params.globalWeight, normaliser: params.normaliser, clipNorm: params.clipNorm },
      pairLearningRate: params.pairLearningRate,
      ganLoss: params.ganLoss,
      l1Weight: params.l1Weight,
      identityWeight: params.identityWeight,
      detectorWeight: schedule === 'joint' && params.detectorWeight === 0 ? 1 : params.detectorWeight,
      course: trainingCourse(ctx, { steps: turns.steps, product: 'alternating' }),
    },
  )
  const [detector, generator] = [await toNetworkTensors(trained.detector), await toNetworkTensors(trained.generator)]
  tf.dispose([trained.detector, trained.generator])
  const seen = [...new Set([...listed.map(({ id }) => id), ...having, ...reals])].toSorted()
  return {
    detector: { config: { ...config }, tensors: detector },
    generator: { config: { ...makeGeneratorConfig(size, network) }, tensors: generator },
    curves: trained.series,
    provenance: seenByBoth(trainedOn('alternating', seen, cohort), inputs.pairProvenance.flat()),
  }
}
