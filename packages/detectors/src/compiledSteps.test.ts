// Every step and every function that this package compiles: compiled equals eager in fp32, bf16 stays near fp32.
import { beforeAll, jest, test } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { adamKnobs } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { expectCompiledFunction, expectCompiledStep, expectNoneWithoutCase } from '@radiograft/testing/expect'
import type { FunctionCase, StepCase } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { pyramidLevels } from './anchors.ts'
import { augmentation } from './augmentFilm.ts'
import { batchAssembler } from './batchAssembler.ts'
import { detector } from './detector.ts'
import { detectorState, detectorStep } from './detectorStep.ts'
import type { DetectorStepOptions } from './detectorStep.ts'
import * as api from './index.ts'
import type { Normaliser } from './losses/normaliseByPositives.ts'
import type { AttentionForm } from './residualAttention.ts'
import { retinaNet } from './network/retinaNet.ts'
import type { RetinaNetOptions } from './network/retinaNet.ts'
import { formulaDetector } from './testing/formulaDetector.ts'

jest.setTimeout(120_000) // a busy machine is no failure
beforeAll(() => loadRuntime({ threads: 2 }))

const SIZE = 64 // below, batch norm at the deepest level has one value a film and turns roundings into signs
const levels = pyramidLevels()
const shape = { height: SIZE, width: SIZE, classes: 2, levels }

const film = (id: string, boxes: ReadonlyArray<Box>, attention: boolean) => ({
  id,
  pixels: rng(id).uniforms(SIZE * SIZE),
  boxes,
  class: boxes.length > 0 ? 1 : 0,
  ...(attention ? { attention: { map: rng(`map ${id}`).uniforms(SIZE * SIZE), height: SIZE, width: SIZE } } : {}),
})
const filmsOf = (attention: boolean) => [film('positive', [[4, 6, 20, 24]], attention), film('negative', [], attention)]

type Variant = Omit<RetinaNetOptions, 'classes'> & DetectorStepOptions
const stepCase = (name: string, { headNorm = 'none', attention, ...options }: Variant): StepCase => {
  const network = { classes: 2, headChannels: 8, headNorm, ...(attention ? { attention } : {}) } as const
  const arrays = batchAssembler(shape, { seed: 1, augment: augmentation(0) })(filmsOf(attention !== undefined), 0)
  const anchors = arrays.labels.length / 2
  return {
    name,
    covers: ['detectorStep', 'stages/trainDetector.ts'],
    step: detectorStep(retinaNet(network), options),
    state: () => detectorState(formulaDetector(network, SIZE)),
    batch: () => ({
      films: tf.tensor4d(arrays.films, [2, SIZE, SIZE, 1]),
      labels: tf.tensor2d(arrays.labels, [2, anchors]),
      deltas: tf.tensor3d(arrays.deltas, [2, anchors, 4]),
      classes: tf.tensor2d(arrays.classes, [2, 2]),
      ...(arrays.attention ? { attention: tf.tensor2d(arrays.attention, [2, arrays.attention.length / 2]) } : {}),
    }),
    knobs: (step) => adamKnobs(step, 1e-3),
  }
}
const plain = stepCase('plain', { seed: 3 })
const added = stepCase('attention 1 + a on all levels', {
  seed: 3,
  attention: { form: '1+a', levels: [3, 4, 5, 6, 7] },
})
const all = stepCase('attention a on some levels, group norm in the heads, losses by film, clipped', {
  seed: 3,
  headNorm: 'group',
  normaliser: 'film',
  clipNorm: 0.05,
  attention: { form: 'a', levels: [3, 5] },
})
// a value that is added without a case is a type error
const byNormaliser: Readonly<Record<Normaliser, StepCase>> = { batch: plain, film: all }
const byAttention: Readonly<Record<AttentionForm, StepCase>> = { '1+a': added, a: all }
const steps = [...new Set([...Object.values(byNormaliser), ...Object.values(byAttention)])]

const detection = (name: string, attention: RetinaNetOptions['attention']): FunctionCase => ({
  name: `detector, ${name}`,
  covers: ['detector.ts'],
  answer: async (options) => {
    const network = { classes: 2, headChannels: 8, ...(attention ? { attention } : {}) }
    const params = formulaDetector(network, SIZE)
    const found = detector(retinaNet(network), { ...shape, positiveClasses: [1], batch: 2, ...options })
    const [first] = await found.outputs(params, filmsOf(attention !== undefined))
    found.dispose()
    tf.dispose(params)
    return { scores: first!.scores, deltas: first!.deltas, film: Float32Array.of(first!.film) }
  },
  bf16: 0.02,
})
const functions = [detection('plain', undefined), detection('attention', { form: 'a', levels: [3, 4, 5, 6, 7] })]

test.each(steps)('step: $name', (one) => expectCompiledStep(one))

// The film's probability: TensorFlow gives the Softmax of a graph to oneDNN, that of an eager call not, and its last bit
// differs (with TF_ENABLE_ONEDNN_OPTS=0 it does not).
test.each(functions)('function: $name', (one) => expectCompiledFunction(one, { film: 1e-6 }))

test('nothing that is compiled is left out of these cases', () =>
  expectNoneWithoutCase(
    import.meta.url,
    api,
    [...steps, ...functions],
    ['detector.ts', 'detectorStep', 'stages/trainDetector.ts'],
  ))
