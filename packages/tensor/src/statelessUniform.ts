// Random numbers inside a step: the same seed gives the same numbers, in a graph, eagerly and (bit for bit) from
// `tensorflowStatelessUniform` of @radiograft/random. Used by dropout, noise and latents.
import { deriveSeed, tensorflowStatelessUniform } from '@radiograft/random'
import {
  cast,
  cos,
  log,
  mul,
  scalar,
  slice,
  sqrt,
  squeeze,
  stack,
  sub,
  tensor,
  tensor1d,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { executeKernel1 } from './compile/executeKernel.ts'
import { DataType, nodeBackend } from './compile/nodeBinding.ts'

/**
 * The seed of one place in the code at one step.
 * @param seed of the stage.
 * @param site a name, different for every place that draws.
 * @param counter int32 scalar that is part of the state and counts steps.
 * @returns int32 [2]
 */
export const stepSeed = (seed: number | string, site: string, counter: Tensor): Tensor =>
  tidy(() => stack([scalar(deriveSeed(seed, site) | 0, 'int32'), cast(counter, 'int32')]))

/**
 * Uniform numbers in [0, 1), multiples of 2^-23 (TensorFlow's `StatelessRandomUniform`: Philox 4x32-10).
 * No gradient passes through. On a backend other than tfjs-node's the seed's values are read.
 * @param seed int32 [2], as from `stepSeed`.
 * @returns float32 of `shape`
 */
export const statelessUniform = (shape: ReadonlyArray<number>, seed: Tensor): Tensor =>
  tidy(() => {
    const on = nodeBackend()
    if (!on) {
      const [a = 0, b = 0] = seed.dataSync()
      const count = shape.reduce((product, size) => product * size, 1)
      return tensor(tensorflowStatelessUniform(count, [a, b]), [...shape])
    }
    const dtype = { type: DataType.float32 }
    return executeKernel1(on, 'StatelessRandomUniform', { dtype }, [tensor1d([...shape], 'int32'), seed])
  })

/**
 * Standard normal numbers by Box and Muller from two uniforms each: √(−2 ln(1 − u)) cos 2πv. At most 5.65 in size.
 * @param seed int32 [2], as from `stepSeed`.
 * @returns float32 of `shape`
 */
export const statelessNormal = (shape: ReadonlyArray<number>, seed: Tensor): Tensor =>
  tidy(() => {
    const pair = statelessUniform([2, ...shape], seed)
    const [u, v] = [0, 1].map((i) => squeeze(slice(pair, [i, ...shape.map(() => 0)], [1, ...shape]), [0]))
    return mul(sqrt(mul(log(sub(1, u as Tensor)), -2)), cos(mul(v as Tensor, 2 * Math.PI)))
  })
