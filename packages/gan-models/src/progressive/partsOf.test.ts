import { beforeAll, expect, it } from '@jest/globals'
import { scope } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { LATENT, progressiveFormulaState, smallNetworks } from '../testing/progressiveFormula.ts'
import { partsOf } from './partsOf.ts'
import { progressiveCheck } from './progressiveCheck.ts'
import { separation } from './separation.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const counts = (...given: Parameters<typeof partsOf>): number[] => partsOf(...given).map(({ count }) => count)

it('by hand: sixteen films of 256² at once, one of 1024², and never half a group', () => {
  expect(counts(16, 256)).toEqual([16])
  expect(counts(16, 64)).toEqual([16])
  expect(counts(10, 512)).toEqual([4, 4, 2])
  expect(counts(3, 1024)).toEqual([1, 1, 1])
  expect(counts(8, 1024, 4)).toEqual([4, 4])
  expect(counts(12, 512, 3)).toEqual([3, 3, 3, 3])
  expect(partsOf(10, 512).map(({ from }) => from)).toEqual([0, 4, 8])
  expect(partsOf(0, 64)).toEqual([])
})

it('a check in parts is the check of each group by itself', () => {
  const options = smallNetworks({ resolution: 512 })
  const state = progressiveFormulaState(options)
  const latents = formula('z', [8, LATENT])
  const real = formula('real', [8, 512, 512, 1])
  const before = tf.memory().numTensors
  const found = progressiveCheck(options, state, { latents, real, alpha: 1, group: 4 })
  expect(tf.memory().numTensors).toBe(before)
  const [reals, fakes] = tf.tidy(() => {
    const z = tf.split(latents, 2)
    const films = z.map((one) => options.generator.apply(scope(state, 'generator'), one, { training: false }).y)
    const scores = (of: ReadonlyArray<tf.Tensor>): number[] =>
      of.flatMap((one) => [...options.critic.apply(scope(state, 'critic'), one, { training: false }).y.dataSync()])
    return [scores(tf.split(real, 2)), scores(films)]
  })
  // the critic's deviation is of a group: of all eight at once it scores otherwise
  expect(found.separation).toBe(separation(reals, fakes))
  expect(found.realScore).toBeCloseTo(reals.reduce((sum, v) => sum + v, 0) / 8, 6)
  expect(found.fakeScore).toBeCloseTo(fakes.reduce((sum, v) => sum + v, 0) / 8, 6)
  tf.dispose([latents, real, state])
})
