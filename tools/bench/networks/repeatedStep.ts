// A compiled step run again and again on one batch, as the fit loop runs it: the old state is freed, the logs are read.
// Used by our sides.
import type { CompiledStep, Tensors } from '@radiograft/tensor'
import type { Numbers } from '../side.ts'

/** @param state is owned from here on @param knobs of the step, counted from 1 */
export const repeatedStep = <S extends Tensors, B extends Tensors, K extends string, L extends string>(
  step: CompiledStep<S, B, K, L>,
  state: S,
  batch: B | (() => B),
  knobs: (step: number) => Readonly<Record<K, number>>,
): (() => Numbers) => {
  let now = state
  let done = 0
  return () => {
    const tensors = typeof batch === 'function' ? batch() : batch
    const { state: next, logs } = step(now, tensors, knobs(++done))
    const stay = new Set(Object.values(next))
    for (const tensor of Object.values(now)) if (!stay.has(tensor)) tensor.dispose()
    if (typeof batch === 'function') for (const tensor of Object.values(tensors)) tensor.dispose()
    now = next
    return logs
  }
}
