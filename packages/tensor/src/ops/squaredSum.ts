// The sum of squares in one pass over memory: norms of gradients, which are as large as the network. Has no gradient.
import { square, sum, type Tensor } from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import { fusedBackend } from './portable.ts'

/** Σ x², a float32 scalar. @param x float32, any shape */
export const squaredSum = (x: Tensor): Tensor => {
  const on = fusedBackend()
  return on ? executeKernel1(on, 'RadiograftSquaredSum', {}, [x]) : sum(square(x))
}
