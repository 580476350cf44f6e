// Times our convolutions against oneDNN's on films as small generators have them. Used by `timeKernels.bin`.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { CompiledFunction, Tensors } from '../compileFunction.ts'
import { compileFunction } from '../compileFunction.ts'
import { convolve } from '../ops/convolve.ts'
import { fusedKernels, setFusedKernels } from '../ops/portable.ts'
import type { KernelChoice, KernelTimes } from './kernelChoice.ts'
import type { Tfjs } from './loadRuntime.ts'

/** Calls of each, by turns, of which the least counts: other work on the machine only ever adds. */
const ROUNDS = 25

type Films = { readonly x: Tensor; readonly filter: Tensor; readonly dy: Tensor }
type Compiled = CompiledFunction<Films, Tensors>
type Case = {
  readonly films: readonly [number, number, number, number]
  readonly filter: readonly [number, number, number, number]
  readonly stride: number
  readonly pad: number
  readonly precision: 'fp32' | 'bf16'
}

/** The convolution that each kernel is tried on. */
const cases: Readonly<Record<keyof KernelChoice, Case>> = {
  winograd: { films: [8, 16, 16, 128], filter: [3, 3, 128, 128], stride: 1, pad: 1, precision: 'fp32' },
  narrowWinograd: { films: [8, 16, 16, 128], filter: [3, 3, 128, 128], stride: 1, pad: 1, precision: 'bf16' },
  filterGradient: { films: [8, 32, 32, 32], filter: [4, 4, 32, 64], stride: 2, pad: 1, precision: 'fp32' },
  narrowConvolve: { films: [8, 32, 32, 32], filter: [4, 4, 32, 64], stride: 2, pad: 1, precision: 'bf16' },
  narrowFilterGradient: { films: [8, 32, 32, 32], filter: [4, 4, 32, 64], stride: 2, pad: 1, precision: 'bf16' },
}

const without: KernelChoice = {
  filterGradient: false,
  winograd: false,
  narrowConvolve: false,
  narrowFilterGradient: false,
  narrowWinograd: false,
}

/** What each kernel computes of a convolution, as one graph, with the kernels that are set now. */
const traced = (tf: Tfjs, name: keyof KernelChoice, inputs: Films): Compiled => {
  const { stride, pad, precision } = cases[name]
  const pads = { top: pad, bottom: pad, left: pad, right: pad }
  const byFilter = name === 'filterGradient' || name === 'narrowFilterGradient'
  const compiled = compileFunction(
    ({ x, filter, dy }: Films): Tensors => {
      if (byFilter) return { dw: tf.grad((b: Tensor) => convolve(x, b, { stride, pads }))(filter, dy) }
      const y = convolve(x, filter, { stride, pads })
      const dx = tf.grad((a: Tensor) => convolve(a, filter, { stride, pads }))(x, dy)
      if (name === 'narrowConvolve') return { y, dx }
      return { y, dx, dw: tf.grad((b: Tensor) => convolve(x, b, { stride, pads }))(filter, dy) }
    },
    { precision },
  )
  // the first call compiles, the second lays weights out
  for (let i = 0; i < 2; i++) tf.dispose(compiled(inputs))
  return compiled
}

const milliseconds = (tf: Tfjs, compiled: Compiled, inputs: Films): number => {
  const began = performance.now()
  const outputs = compiled(inputs)
  // waits for the values
  for (const output of Object.values(outputs)) output.dataSync()
  const took = performance.now() - began
  tf.dispose(outputs)
  return took
}

/** Milliseconds of both, the least of several calls. Leaves the kernels as they were. */
export const timeKernels = (tf: Tfjs): KernelTimes => {
  const present = fusedKernels()
  const times: Partial<Record<keyof KernelChoice, { ours: number; oneDnn: number }>> = {}
  if (!present.fused) return times
  for (const [name, one] of Object.entries(cases) as Array<[keyof KernelChoice, Case]>) {
    const [batch, height, width] = one.films
    const inputs = {
      x: tf.randomNormal([...one.films], 0, 1, 'float32', 1),
      filter: tf.randomNormal([...one.filter], 0, 0.05, 'float32', 2),
      dy: tf.randomNormal([batch, height / one.stride, width / one.stride, one.filter[3]], 0, 1, 'float32', 3),
    }
    try {
      setFusedKernels({ fused: true, ...without, [name]: true })
      const ours = traced(tf, name, inputs)
      setFusedKernels({ fused: true, ...without })
      const theirs = traced(tf, name, inputs)
      const least = { ours: Infinity, oneDnn: Infinity }
      for (let round = 0; round < ROUNDS; round++) {
        setFusedKernels({ fused: true, ...without, [name]: true })
        least.ours = Math.min(least.ours, milliseconds(tf, ours, inputs))
        setFusedKernels({ fused: true, ...without })
        least.oneDnn = Math.min(least.oneDnn, milliseconds(tf, theirs, inputs))
      }
      times[name] = least
      ours.dispose()
      theirs.dispose()
    } catch {
      // this processor has no such kernel
    } finally {
      setFusedKernels(present)
      tf.dispose(inputs)
    }
  }
  return times
}
