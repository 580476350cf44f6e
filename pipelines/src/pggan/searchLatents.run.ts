// Entry of `search-latents`.
import { classifierConfig, classifierScores } from '@radiograft/classifiers'
import { filmStrip as drawStrip } from '@radiograft/figures'
import {
  bestOfRandom,
  drawLatent,
  filmStrip,
  frozenGenerator,
  guardRails,
  latentGenerator,
  optimiseLatent,
  type BestOfRandom,
  type GuardRails,
  type LatentPath,
} from '@radiograft/gan-models'
import { asUnit, resizeArea, toUnit, type SignedPixels } from '@radiograft/geometry'
import { meanInterval, nearestFilms, type FeatureRows } from '@radiograft/metrics'
import { fromNetworkTensors, type Params } from '@radiograft/nn'
import { filmsOf, type Films, type RunOf, type SplitRow } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { svgFigure } from '../pictures/svgFigure.ts'
import type { searchLatents } from './searchLatents.ts'

/** Distance of a generated film to the nearest training film, root mean square of grey values at this size. */
const SIDE = 32

const thumbnail = (pixels: Float32Array, height: number, width: number): Float32Array =>
  resizeArea(pixels, height, width, SIDE, SIDE)

const trainingThumbnails = async (films: Films, split: ReadonlyArray<SplitRow>): Promise<FeatureRows> => {
  const ids = filmsOf(split, 'train')
  const values = new Float32Array(ids.length * SIDE * SIDE)
  for (const [i, id] of ids.entries()) {
    const [pixels] = await films.rows([films.indexOf(id)])
    values.set(thumbnail(pixels!, films.height, films.width), i * SIDE * SIDE)
  }
  return { ids, values }
}

interface Search {
  readonly found: LatentPath
  readonly random: BestOfRandom
  /** rise of the guide's score */
  readonly guided: number
  readonly byChance: number
  readonly rails: GuardRails
  readonly chance: GuardRails
}

export const run: RunOf<typeof searchLatents> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { starts, calls, frames, leastRise } = params
  const network = latentGenerator(inputs.generator.config)
  const [weights, guideWeights, judgeWeights] = [inputs.generator, inputs.guide, inputs.judge].map(({ tensors }) =>
    fromNetworkTensors(tensors),
  ) as [Params, Params, Params]
  const [guide, judge] = [
    classifierScores(classifierConfig(inputs.guide.config), guideWeights),
    classifierScores(classifierConfig(inputs.judge.config), judgeWeights),
  ] as const
  const target = params.target === '' ? guide.classes.at(-1)! : params.target

  const generator = frozenGenerator(network, weights)
  const score = guide.scoreOf(target)
  const known = await trainingThumbnails(inputs.films, inputs.split)
  const unit = (film: Float32Array): Float32Array => toUnit(film as SignedPixels)
  const distance = (film: Float32Array): number => {
    const values = thumbnail(asUnit(unit(film)), network.size, network.size)
    const { distances } = nearestFilms({ ids: ['film'], values })
      .offer(known)
      .result()
    return distances[0]! / SIDE
  }
  const rails = (start: ArrayLike<number>, end: ArrayLike<number>): Promise<GuardRails> =>
    guardRails(
      {
        generator,
        // log odds of each class: logits of exclusive classes may all rise together
        judge: {
          classes: judge.classes,
          scores: (films) =>
            tf.stack(
              judge.classes.map((name) => judge.scoreOf(name)(films)),
              1,
            ),
        },
        target,
        start,
        end,
        distance,
      },
      { leastRise },
    )

  const results: Search[] = []
  for (let i = 0; i < starts; i++) {
    ctx.signal.throwIfAborted()
    const draw = rng(ctx.seed).fork('search').fork(i)
    const start = drawLatent(network.prior, network.latent, draw.fork('start'))
    const found = await optimiseLatent({ generator, score, start }, { calls })
    const random = await bestOfRandom(
      { generator, score, size: network.latent, calls: found.calls },
      draw.fork('random'),
    )
    const [first, last] = [found.path[0]!, found.path.at(-1)!]
    results.push({
      found,
      random,
      guided: last.score - first.score,
      byChance: random.score - first.score,
      rails: await rails(first.z, last.z),
      chance: await rails(first.z, random.z),
    })
    ctx.progress(i + 1, starts)
  }

  const row = (arm: string, metric: string, values: ReadonlyArray<number>, unitOf: string) => ({
    arm,
    part: 'common',
    metric,
    ...meanInterval(values),
    n: values.length,
    unit: unitOf,
  })
  const of = (arm: string, pick: (one: Search) => GuardRails, rise: (one: Search) => number) => [
    row(arm, 'latent-guide-rise', results.map(rise), 'logit'),
    row(
      arm,
      'latent-judge-rise',
      results.map((one) => pick(one).judged.rise),
      'logit',
    ),
    row(
      arm,
      'latent-nearest-training',
      results.map((one) => pick(one).nearest.end),
      'grey range',
    ),
    row(
      arm,
      'latent-nearest-training-rise',
      results.map((one) => pick(one).nearest.rise),
      'grey range',
    ),
    row(
      arm,
      'latent-findings-that-rose',
      results.map((one) => pick(one).rose.length),
      'findings',
    ),
  ]
  const metrics = [
    ...of(
      'latent-search',
      (one) => one.rails,
      (one) => one.guided,
    ),
    ...of(
      'latent-random',
      (one) => one.chance,
      (one) => one.byChance,
    ),
    row(
      'latent-search − latent-random',
      'latent-guide-rise',
      results.map((one) => one.guided - one.byChance),
      'logit',
    ),
    row(
      'latent-search − latent-random',
      'latent-judge-rise',
      results.map((one) => one.rails.judged.rise - one.chance.judged.rise),
      'logit',
    ),
    row(
      'latent-search',
      'latent-calls',
      results.map((one) => one.found.calls),
      'films',
    ),
  ]

  const shown = await Promise.all(
    results.slice(0, 4).map(async ({ found }, i) => {
      const points = filmStrip(found.path, frames)
      const films = tf.tidy(() =>
        generator.generate(
          tf.tensor2d(Float32Array.from(points.flatMap(({ z }) => [...z])), [points.length, network.latent]),
        ),
      )
      const values = (await films.data()) as Float32Array
      films.dispose()
      const area = network.size ** 2
      return {
        label: `start ${i + 1}`,
        cells: Array.from({ length: frames }, (_, k) => {
          const point = points[k]
          if (!point) return null
          const pixels = unit(values.slice(k * area, (k + 1) * area))
          return {
            film: { pixels, height: network.size, width: network.size },
            note: `logit ${point.score.toFixed(2)}`,
          }
        }),
      }
    }),
  )
  tf.dispose([weights, guideWeights, judgeWeights])
  const title = `Latents that climb towards “${target}”`
  const caption =
    `Films along the path from a random latent (left) to the highest score of the guide (right), ${calls} films judged at most. ` +
    `The generator is frozen, and latents stay ${network.prior === 'sphere' ? 'on the sphere' : 'in the cube'} that it was trained with. ` +
    'What rises besides, and what a second classifier says of it, stands in the metrics.'
  const columns = Array.from({ length: frames }, (_, k) => ({ title: k === 0 ? 'start' : '' }))
  const svg = drawStrip({ title, description: caption, columns, rows: shown, cellPixels: 96 })
  return {
    metrics,
    paths: {
      title: 'Searches of latents',
      rows: 'P5',
      columns: [
        'search',
        'guide: rise',
        'best of random: rise',
        'judge: rise',
        'of random, judge',
        'calls',
        'nearest training film',
        'findings that rose',
      ],
      cells: results.map((one, i) => [
        i + 1,
        one.guided,
        one.byChance,
        one.rails.judged.rise,
        one.chance.judged.rise,
        one.found.calls,
        one.rails.nearest.end,
        one.rails.rose.join(', ') || null,
      ]),
      note:
        `Class “${target}”. Rises in logits, from the start of the search. The guide’s own score can be gamed; the judge was trained apart ` +
        `with another seed. Nearest training film: root mean square of grey values at ${SIDE}². A finding rose by ${leastRise} or more.`,
    },
    strip: svgFigure(svg, { title, caption, row: 'P5' }),
  }
}
