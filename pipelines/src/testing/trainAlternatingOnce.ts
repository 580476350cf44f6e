// One tiny training of detector and generator in turn, or jointly, in a process of its own. Started, killed and
// started again by `granet/alternate/resume.long.test.ts`.
import { balanceOf, detectorBatches, makeDetectorConfig } from '@radiograft/detectors'
import { cycleGanGenerator, makeGeneratorConfig, pairedBatch, patchGan } from '@radiograft/gan-models'
import type { Box } from '@radiograft/geometry'
import { asUnit, toSigned } from '@radiograft/geometry'
import { toNetworkTensors, unscope } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { trainingProcess } from '@radiograft/testing'
import { balancedOrder } from '@radiograft/training'
import type { Schedule } from '../granet/alternate/schedule.ts'
import { trainAlternating } from '../granet/alternate/trainAlternating.ts'

const SIZE = 32
const { attention, ...config } = makeDetectorConfig(
  { height: SIZE, width: SIZE },
  { names: ['Lung Opacity', 'Normal'], positive: [0] },
  true,
  {
    backboneWidth: 64,
    headChannels: 8,
    headNorm: 'none',
    dropout: 0.5,
    anchorFactor: 0.5,
    attentionForm: '1+a',
    attentionLevels: [3, 4, 5, 6, 7],
    attentionBy: 'constant',
    attentionReference: 0.2,
  },
)
const films = Array.from({ length: 6 }, (_, i) => ({
  id: `film ${i}`,
  boxes: i % 2 === 0 ? [[2 + i, 6, 14 + i, 20] as Box] : [],
  class: i % 2,
}))
const pixelsOf = (id: string): Float32Array => rng(id).uniforms(SIZE * SIZE)
const detector = (stream: string) => {
  const balance = { seed: stream, ...balanceOf(films, 2) }
  return detectorBatches(films, async (ids) => ids.map((id) => ({ pixels: pixelsOf(id) })), config, {
    seed: 5,
    order: (step) => balancedOrder(balance, step),
    augment: { shift: 2 },
  })
}
const signed = (names: ReadonlyArray<string>) => names.map((name) => toSigned(asUnit(pixelsOf(name))))

await loadRuntime({ threads: 2 })
await trainingProcess(async ({ checkpoints, graphs, given, ...told }) => {
  const { schedule, steps } = JSON.parse(given) as { readonly schedule: Schedule; readonly steps: number }
  const { network } = makeGeneratorConfig(SIZE, { filters: 4, blocks: 1, skip: true })
  const [generator, discriminator] = [cycleGanGenerator(network), patchGan({ filters: 4 })]
  const trained = await trainAlternating(
    {
      detector: detector('own'),
      through: detector('through'),
      pair: async (step) => ({
        tensors: pairedBatch(
          { input: signed([`x ${step}`]), target: signed([`t ${step}`]), real: signed([`y ${step}`]) },
          SIZE,
        ),
        films: [],
      }),
    },
    { ...config, attention: attention! },
    {
      generator,
      discriminator,
      size: SIZE,
      generatorParams: generator.init(rng('g'), [SIZE, SIZE, 1]),
      discriminatorParams: discriminator.init(rng('d'), [SIZE, SIZE, 1]),
    },
    {
      seed: 7,
      compile: { cache: { folder: graphs, key: 'resume' } },
      schedule,
      steps,
      epoch: 3,
      learningRate: 1e-3,
      detector: {},
      pairLearningRate: 2e-4,
      ganLoss: 'printed',
      l1Weight: 10,
      identityWeight: 0,
      detectorWeight: 1,
      course: { checkpoints: { to: checkpoints, everySteps: 4 }, ...told },
    },
  )
  const tensors = await toNetworkTensors({
    ...unscope(trained.detector, 'detector'),
    ...unscope(trained.generator, 'generator'),
  })
  return { config, tensors, series: trained.series }
})
