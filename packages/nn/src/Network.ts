// The contract of a network: parameters made once, applied by a pure function. Every layer, backbone, generator and
// detector has this shape, so checkpoints, averaging, weight import and compilation need no special case.
import type { Rng } from '@radiograft/random'
import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * A flat record of named float32 tensors. Names are dotted and follow torch (`layer1.0.conv1.weight`); filters of
 * convolutions are HWIO. Running statistics are members too, under names that end in `running_mean` or `running_var`.
 */
export type Params = Readonly<Record<string, Tensor>>

/** Where the randomness of dropout comes from: equal seed, step and site give equal masks. */
export type ApplyRandom = {
  /** The stage's seed, a constant of the graph. */
  readonly seed: number
  /** int32 scalar, a state of the step, so that one graph gives new masks each step. */
  readonly step: Tensor
}

export type ApplyContext = {
  /** true: batch statistics and dropout; false: running statistics and none. */
  readonly training: boolean
  /** Needed by dropout while training. */
  readonly random?: ApplyRandom
  /** Where in the network we are, dotted; containers extend it. */
  readonly path?: string
}

/** An output and what changes beside it: running statistics under their full names, to be put into the next state. */
export type Applied<Y = Tensor> = { readonly y: Y; readonly updates: Params }

/** A network whose output is one tensor, or for backbones a record of them. */
export interface Network<Y = Tensor> {
  /**
   * New parameters. Depends on the stream and the names alone, not on the order of anything.
   * @param inputShape of one example, without the batch axis: `[H, W, C]` or `[features]`
   */
  init(rng: Rng, inputShape: readonly number[]): Params
  /** Shape of one example's output, where it is one tensor. */
  outputShape?(inputShape: readonly number[]): number[]
  /** @param x `[B, ...inputShape]` */
  apply(params: Params, x: Tensor, ctx: ApplyContext): Applied<Y>
}

/** A network that knows its output's shape: what layers are, and what `sequential` is made of. */
export interface Layer extends Network {
  outputShape(inputShape: readonly number[]): number[]
}
