// A training of which the network is what is wanted: optimiser slots, running copies and the compiled step go when it ends.
import { disposeState, fit, type FitOptions, type FitStep, type Tensors } from './fit.ts'
import type { SeriesRow } from './SeriesRecorder.ts'
import { TrainingCancelledError, TrainingDivergedError } from './TrainingError.ts'

export type FitNetworkOptions<S extends Tensors, B extends Tensors, K extends string, N extends Tensors> = Omit<
  FitOptions<S, B, K>,
  'step' | 'validate'
> & {
  /** What `compileStep` returns. Run aside, so that the next batch is made meanwhile; disposed of at the end. */
  readonly step: { readonly aside: FitStep<S, B, K>; readonly dispose: () => void }
  /** The tensors of a state that are the network's. */
  readonly networkOf: (state: S) => N
}

/**
 * `fit`, of whose last state the network alone stays.
 * @returns its parameters, which the caller owns, and the curves
 * @throws what `fit` throws; no tensor of the training is left, nor of the state that the error would carry
 */
export const fitNetwork = async <S extends Tensors, B extends Tensors, K extends string, N extends Tensors>({
  step,
  networkOf,
  ...options
}: FitNetworkOptions<S, B, K, N>): Promise<{ readonly params: N; readonly series: ReadonlyArray<SeriesRow> }> => {
  try {
    const { state, series } = await fit<S, B, K>({ ...options, step: step.aside })
    const params = networkOf(state)
    disposeState(state, params)
    return { params, series }
  } catch (error) {
    // where the loop never began, the state it was given is still there; disposing twice does nothing
    disposeState(options.state, {})
    if (error instanceof TrainingCancelledError || error instanceof TrainingDivergedError) disposeState(error.state, {})
    throw error
  } finally {
    step.dispose()
  }
}
