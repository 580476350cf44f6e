/**
 * @radiograft/training: the one fit loop. Seeded order, batches made one step ahead, knobs, checks, the record of the logs,
 * checkpoints, cancellation.
 *
 * ```ts
 * const step = compileStep(modelStep)
 * const { state, series } = await fit({
 *   step,
 *   state: initialState,
 *   steps: 1000,
 *   batches: async (i) => assemble(batchOrder(seed, films.length, 8, i)),
 *   knobs: (i) => adamKnobs(i + 1, rate(i)),
 *   signal,
 * })
 * ```
 */

// the loop
export { fit } from './fit.ts'
export type { Batch, Check, FitCourse, FitOptions, FitStep, Fitted, FitTurn, Progress, StepOutcome } from './fit.ts'
export { fitNetwork } from './fitNetwork.ts'
export type { FitNetworkOptions } from './fitNetwork.ts'
export type { FitCheckpoints } from './Saver.ts'
export type { SeriesRow } from './SeriesRecorder.ts'

// order
export { balancedOrder } from './balancedOrder.ts'
export type { BalancedOrder } from './balancedOrder.ts'
export { batchEpoch, batchOrder } from './batchOrder.ts'

// errors
export { TrainingCancelledError, TrainingDivergedError, TrainingError, TrainingResumeError } from './TrainingError.ts'
