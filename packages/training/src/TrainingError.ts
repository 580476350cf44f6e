// What the loop throws. Those of a training that went on carry the last good state, whose tensors are then the caller's.
import type { Tensor } from '@tensorflow/tfjs-core'

/** Training was set up wrongly. */
export class TrainingError extends Error {
  readonly _tag = 'TrainingError'
  override readonly name = 'TrainingError'
}

/** There is a checkpoint, but it is not one of this training. */
export class TrainingResumeError extends Error {
  readonly _tag = 'TrainingResumeError'
  override readonly name = 'TrainingResumeError'
  /** of the checkpoint */
  readonly step: number
  /** the first tensor that differs; empty when it is something else */
  readonly tensor: string

  constructor(step: number, tensor: string, what: string) {
    super(
      `the checkpoint of step ${step} is not one of this training: ${what}; clear the checkpoints to start anew, or give the network and options that it was made with`,
    )
    this.step = step
    this.tensor = tensor
  }
}

/** A logged value became NaN or infinite. `state` is the one before that step. */
export class TrainingDivergedError extends Error {
  readonly _tag = 'TrainingDivergedError'
  override readonly name = 'TrainingDivergedError'
  /** Counted from 1, as in the series. */
  readonly step: number
  readonly films: readonly string[]
  readonly logs: Readonly<Record<string, number>>
  readonly state: Readonly<Record<string, Tensor>>

  /** @param kept where the checkpoint of `state` is, in words; undefined when there is none */
  constructor(
    step: number,
    films: readonly string[],
    logs: Readonly<Record<string, number>>,
    state: Readonly<Record<string, Tensor>>,
    kept?: string,
  ) {
    const bad = Object.keys(logs).filter((name) => !Number.isFinite(logs[name]))
    const of = films.length > 0 ? ` (films ${films.join(', ')})` : ''
    const advice = 'look at these films, or lower the learning rate or the clipping norm'
    const keeps = kept === undefined ? '' : `; the state before it is kept in ${kept}`
    super(
      `training diverged at step ${step}${of}: ${bad.map((name) => `${name} is ${logs[name]}`).join(', ')}; ${advice}${keeps}`,
    )
    this.step = step
    this.films = films
    this.logs = logs
    this.state = state
  }
}

/** The signal was aborted. `steps` were completed, `state` is the one after them. */
export class TrainingCancelledError extends Error {
  readonly _tag = 'TrainingCancelledError'
  override readonly name = 'TrainingCancelledError'
  readonly steps: number
  readonly state: Readonly<Record<string, Tensor>>

  constructor(steps: number, state: Readonly<Record<string, Tensor>>, cause: unknown) {
    super(`training was cancelled after ${steps} steps`, { cause })
    this.steps = steps
    this.state = state
  }
}
