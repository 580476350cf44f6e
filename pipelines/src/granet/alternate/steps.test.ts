// The maps inside the graph against those of stored films; whom each step trains; compiled against eager.
import { beforeAll, expect, test } from '@jest/globals'
import {
  attentionPyramid,
  detectorState,
  makeDetectorConfig,
  normaliseAttention,
  retinaNet,
  type DetectorBatch,
} from '@radiograft/detectors'
import {
  cycleGanGenerator,
  pairedTranslationState,
  pairedTranslationStep,
  patchGan,
  type PairedBatch,
} from '@radiograft/gan-models'
import { resizeArea } from '@radiograft/geometry'
import { adamKnobs, type Params } from '@radiograft/nn'
import { formula, formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { expectCompiledStep } from '@radiograft/testing/expect'
import type { StepCase } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { attendingBatch, attendingStep } from './attendingStep.ts'
import { residualMaps } from './residualMaps.ts'
import { bridgeState, throughStep } from './throughStep.ts'

/** eleven million numbers, drawn once */
let drawn: Params
beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  drawn = network.init(rng(0), [SIZE, SIZE, 1])
}, 120_000)

const SIZE = 64
const SEEN = 32
const options = {
  backboneWidth: 64,
  headChannels: 8,
  headNorm: 'none',
  dropout: 0.5,
  anchorFactor: 0.5,
  attentionForm: '1+a',
  attentionLevels: [3, 4, 5, 6, 7],
  attentionBy: 'constant',
  attentionReference: 0.2,
} as const
const configOf = (by: 'constant' | 'film-max' = 'constant') => {
  const { attention, ...rest } = makeDetectorConfig(
    { height: SIZE, width: SIZE },
    { names: ['Lung Opacity', 'Normal'], positive: [0] },
    true,
    { ...options, attentionBy: by },
  )
  return { ...rest, attention: attention! }
}
const config = configOf()
const network = retinaNet(config.network)
const generator = cycleGanGenerator({ filters: 4, blocks: 1, skip: true })
const discriminator = patchGan({ filters: 4 })
const gan = { generator, discriminator, ganLoss: 'printed', l1Weight: 10, identityWeight: 0 } as const
const detector = { seed: 3 }

const film = (name: string, size: number): tf.Tensor => tf.mul(0.9, formula(name, [2, size, size, 1]))
const generatorParams = (): Params => formulaParams(generator.init(rng(0), [SEEN, SEEN, 1]))
const cells = [8, 4, 2, 1, 1].map((n) => n * n)
const anchors = 9 * cells.reduce((a, b) => a + b)
const detection = (): Partial<DetectorBatch> => ({
  films: film('film', SIZE),
  labels: tf.tensor2d(
    Float32Array.from({ length: 2 * anchors }, (_, i) => (i % 29 === 0 ? 1 : i % 7 === 0 ? -1 : 0)),
    [2, anchors],
  ),
  deltas: tf.mul(0.3, formula('deltas', [2, anchors, 4])),
  classes: tf.tensor2d([1, 0, 0, 1], [2, 2]),
})
const pairs = (): PairedBatch => ({
  input: film('input', SEEN),
  target: film('target', SEEN),
  real: film('real', SEEN),
})
const detectorStart = () =>
  detectorState(Object.fromEntries(Object.entries(drawn).map(([name, t]) => [name, t.clone()])))
const pairStart = () =>
  pairedTranslationState(gan, rng(0), [SEEN, SEEN, 1], {
    generator: generatorParams(),
    discriminator: formulaParams(discriminator.init(rng(0), [SEEN, SEEN, 1])),
  })
const bothStart = () => bridgeState(detectorStart(), pairStart())

test.each(['constant', 'film-max'] as const)('maps in the graph are those of stored residuals (%s)', (by) => {
  tf.tidy(() => {
    const films = film('film', SIZE)
    const maps = residualMaps(generator, generatorParams(), films, SEEN, configOf(by))
    const values = films.dataSync() as Float32Array
    const rows = [0, 1].flatMap((i) => {
      const seen = resizeArea(values.slice(i * SIZE * SIZE, (i + 1) * SIZE * SIZE), SIZE, SIZE, SEEN, SEEN)
      const x = tf.tensor4d(seen, [1, SEEN, SEEN, 1])
      const made = generator.apply(generatorParams(), x, { training: false }).y.dataSync()
      const residual = seen.map((v, k) => Math.abs((v + 1) / 2 - (made[k]! + 1) / 2))
      const map = normaliseAttention(residual, { by, reference: 0.2 })
      return [...attentionPyramid(map, SEEN, SEEN, { height: SIZE, width: SIZE }, [3, 4, 5, 6, 7])]
    })
    const got = maps.dataSync()
    expect(got).toHaveLength(rows.length)
    expect(Math.max(...rows)).toBeGreaterThan(0.2) // there is something to attend to
    rows.forEach((value, i) => expect(got[i]).toBeCloseTo(value, 5))
  })
})

type Values = Readonly<Record<string, Float32Array>>
/** Out of a tidy, which would walk through every number of what it returns. */
const valuesOf = (make: () => Params): Values => {
  const out: Record<string, Float32Array> = {}
  tf.tidy(() => {
    for (const [name, tensor] of Object.entries(make())) out[name] = Float32Array.from(tensor.dataSync())
  })
  return out
}
const one = (value: number): tf.Scalar => tf.scalar(value)
/** What one step of `throughStep` makes of the state. */
const after = (trains: 'generator' | 'both', detectorWeight: number): Values =>
  valuesOf(() => {
    const step = throughStep({ network, config, detector, gan, size: SEEN, trains, detectorWeight })
    const knobs = {
      detectorStepSize: one(1e-3),
      detectorRootCorrection: one(1),
      pairStepSize: one(1e-3),
      pairRootCorrection: one(1),
    }
    return step(bothStart(), { ...detection(), ...pairs() }, knobs).state
  })
const adamOnce = () => ({ adamStepSize: one(1e-3), adamRootCorrection: one(1) })
const part = (values: Values, prefix: string): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith(prefix)))
const sameBytes = (a: Values, b: Values, prefix: string): boolean =>
  Object.entries(part(a, prefix)).every(([name, values]) =>
    Buffer.from(values.buffer).equals(Buffer.from(b[name]!.buffer)),
  )
/** ‖a − b‖ over the tensors of a */
const apart = (a: Values, b: Values): number => {
  let sum = 0
  for (const [name, values] of Object.entries(a)) {
    const other = b[name]!
    for (let i = 0; i < values.length; i++) sum += (values[i]! - other[i]!) ** 2
  }
  return Math.sqrt(sum)
}
const size = (a: Values): number =>
  apart(a, Object.fromEntries(Object.entries(a).map(([k, v]) => [k, new Float32Array(v.length)])))
const MOMENTS = 'pair.adam.generator.m.'

test('whom a step trains, and by how much the detector’s loss reaches the generator', () => {
  const before = valuesOf(bothStart)
  const [zero, single, triple] = [0, 1, 3].map((w) => after('generator', w))
  // the detector stays to the last bit, the pair does not
  expect(sameBytes(before, triple!, 'detector.')).toBe(true)
  for (const prefix of ['pair.generator.', 'pair.discriminator.'])
    expect(sameBytes(before, triple!, prefix)).toBe(false)
  // w = 0 is eq 3 alone
  const alone = valuesOf(() => pairedTranslationStep(gan)(pairStart(), pairs(), adamOnce()).state)
  const named = Object.fromEntries(Object.entries(alone).map(([name, values]) => [`pair.${name}`, values]))
  expect(apart(part(named, MOMENTS), zero!)).toBeLessThan(1e-5 * size(part(named, MOMENTS)))
  // first moments are (1 − β₁) of the gradients, and those of w · L_det are linear in w; D knows nothing of it
  const reach = apart(part(single!, MOMENTS), zero!)
  expect(reach).toBeGreaterThan(1e-4 * size(part(zero!, MOMENTS)))
  expect(apart(part(triple!, MOMENTS), zero!) / reach).toBeCloseTo(3, 2)
  expect(sameBytes(zero!, triple!, 'pair.discriminator.')).toBe(true)
}, 120_000)

test('joint: both are trained, the detector as by its own step, the generator as through it', () => {
  const [before, joint, through] = [valuesOf(bothStart), after('both', 1), after('generator', 1)]
  for (const prefix of ['detector.net.', 'pair.generator.', 'pair.discriminator.'])
    expect(sameBytes(before, joint, prefix)).toBe(false)
  const own = valuesOf(() => {
    const step = attendingStep({ network, config, detector, generator, size: SEEN })
    return step(detectorStart(), attendingBatch(detection(), generatorParams()), adamOnce()).state
  })
  const named = Object.fromEntries(Object.entries(own).map(([name, values]) => [`detector.${name}`, values]))
  const moments = part(named, 'detector.adam.m.')
  expect(apart(moments, joint)).toBeLessThan(1e-4 * size(moments))
  expect(apart(part(through, MOMENTS), joint)).toBeLessThan(1e-4 * size(part(through, MOMENTS)))
}, 120_000)

const cases: ReadonlyArray<StepCase> = [
  {
    name: 'detector, generator fixed',
    covers: [],
    step: attendingStep({ network, config, detector, generator, size: SEEN }),
    state: detectorStart,
    batch: () => attendingBatch(detection(), generatorParams()),
    knobs: (step) => adamKnobs(step, 1e-3),
  },
  ...(['generator', 'both'] as const).map((trains): StepCase => ({
    name: `through the residual: ${trains}`,
    covers: [],
    step: throughStep({ network, config, detector, gan, size: SEEN, trains, detectorWeight: 2 }),
    state: bothStart,
    batch: () => ({ ...detection(), ...pairs() }),
    knobs: (step) => {
      const [own, pair] = [adamKnobs(step, 1e-3), adamKnobs(step, 2e-4, 0.5)]
      return {
        detectorStepSize: own.adamStepSize,
        detectorRootCorrection: own.adamRootCorrection,
        pairStepSize: pair.adamStepSize,
        pairRootCorrection: pair.adamRootCorrection,
      }
    },
  })),
]
test.each(cases)('compiled: $name', (one) => expectCompiledStep(one), 120_000)
