// One weight that learns to be 3, every example once an epoch, and a loss that is not finite.
import { batchOrder, fit, TrainingDivergedError, type FitStep } from '@radiograft/training'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'

const epoch = [0, 1].flatMap((step) => [...batchOrder('seed', 4, 2, step)])
console.log(epoch.toSorted((a, b) => a - b)) // [ 0, 1, 2, 3 ]

// w ← w + lr (3 − w): 0, 1.5, 2.25, 2.625 at lr .5; squares of what is left before each step: 9, 2.25, .5625
type State = { w: tf.Tensor }
const step: FitStep<State, Record<string, tf.Tensor>, 'lr'> = ({ w }, _batch, { lr }) => ({
  state: { w: tf.add(w, tf.mul(tf.sub(3, w), lr)) },
  logs: { loss: (3 - w.dataSync()[0]!) ** 2 },
})
const from0 = (): State => ({ w: tf.scalar(0) })
const given = { steps: 3, batches: async () => ({ tensors: {} }), knobs: () => ({ lr: 0.5 }) }
const { state, series } = await fit({ ...given, step, state: from0() })
console.log(state.w.dataSync()[0], series) // 2.625 [ { step: 3, name: 'loss', value: 3.9375 } ]

const spoiled: typeof step = (s) => ({ state: s, logs: { loss: Number.NaN } })
const error: unknown = await fit({ ...given, step: spoiled, state: from0() }).catch((e: unknown) => e)
console.log(error instanceof TrainingDivergedError) // true
