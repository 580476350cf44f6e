// Compiles a training step: state and batch in, new state and logs out, one TensorFlow graph for forward pass, backward
// pass and optimiser. Used by `training` and by the `trainStep` of every model.
import { cast, dispose, scalar, stack, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { CompiledStepError } from './compile/CompiledStepError.ts'
import type { CompileOptions, Tensors } from './compileFunction.ts'
import { compileFunction } from './compileFunction.ts'

/** What a step returns: the whole new state, and scalars to watch. */
export type StepResult<S extends Tensors = Record<string, Tensor>, L extends string = string> = {
  readonly state: S
  readonly logs: Readonly<Record<L, Tensor>>
}

/**
 * A pure training step.
 * @param state parameters, optimiser slots, statistics, counters: float32, int32 or bool tensors of any shape.
 * @param batch films, targets, random slots.
 * @param knobs float32 scalars such as the learning rate; they change from call to call without a new graph.
 */
export type Step<
  S extends Tensors = Record<string, Tensor>,
  B extends Tensors = Record<string, Tensor>,
  K extends string = string,
  L extends string = string,
> = (state: S, batch: B, knobs: Readonly<Record<K, Scalar>>) => StepResult<S, L>

/** A compiled step. The caller keeps `state` and `batch` (and disposes them), and owns the new state. */
export type CompiledStep<
  S extends Tensors = Record<string, Tensor>,
  B extends Tensors = Record<string, Tensor>,
  K extends string = string,
  L extends string = string,
> = {
  (state: S, batch: B, knobs: Readonly<Record<K, number>>): { readonly state: S; readonly logs: Record<L, number> }
  /**
   * The same while JavaScript goes on, to make the next batch or to hear a signal: the graph runs on another thread. State and
   * batch must stay until it settles.
   */
  readonly aside: (
    state: S,
    batch: B,
    knobs: Readonly<Record<K, number>>,
  ) => Promise<{ readonly state: S; readonly logs: Record<L, number> }>
  /** Graphs compiled so far: one for each set of names, shapes and dtypes. */
  readonly graphs: () => number
  /** Frees sessions and captured constants; a later call compiles again. */
  readonly dispose: () => void
}

/** The one output that carries all logs; what follows are the names of its slots, so that each graph keeps its own. */
const LOGS = 'logs:'

const prefixed = (prefix: string, tensors: Tensors): Array<[string, Tensor]> =>
  Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor])

const unprefixed = (prefix: string, tensors: Tensors): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]),
  )

const describe = (tensor: Tensor | undefined) => (tensor ? `${tensor.dtype} [${tensor.shape.join(', ')}]` : 'absent')

const sameForm = (a: Tensor | undefined, b: Tensor | undefined): boolean =>
  a?.dtype === b?.dtype && a?.rank === b?.rank && (a?.shape ?? []).every((size, axis) => size === b?.shape[axis])

/** The new state must fit the next call: a step whose state drifts would be compiled anew each time. */
const checkState = (before: Tensors, after: Tensors): void => {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]]
    if (sameForm(was, is)) continue
    const message = `the step takes '${name}' of the state as ${describe(was)} and returns it as ${describe(is)}; a step must return the state in the form it got`
    throw new CompiledStepError(message, { subject: name })
  }
}

/** `checkState` after the fact: the new state belongs to nobody then. */
const checkKept = (before: Tensors, after: Tensors): void => {
  try {
    checkState(before, after)
  } catch (error) {
    dispose(Object.values(after))
    throw error
  }
}

/**
 * Compiles `step`: equal to running it eagerly, faster and in less memory. The same rules as in `compileFunction`.
 * Logs come back as numbers (float32 values), read together as one vector.
 * @throws CompiledStepError from the call, naming the op, tensor or line that cannot be compiled.
 */
export const compileStep = <
  S extends Tensors = Record<string, Tensor>,
  B extends Tensors = Record<string, Tensor>,
  K extends string = string,
  L extends string = string,
>(
  step: Step<S, B, K, L>,
  options: CompileOptions = {},
): CompiledStep<S, B, K, L> => {
  const { cache } = options
  // The text of the step belongs to the key: what `compileFunction` sees is always the function below.
  const kept = cache && { cache: { ...cache, key: JSON.stringify([cache.key, String(step)]) } }
  const compiled = compileFunction(
    (inputs: Tensors): Record<string, Tensor> => {
      const state = unprefixed('state', inputs) as S
      const knobs = unprefixed('knob', inputs) as Record<K, Scalar>
      const result = step(state, unprefixed('batch', inputs) as B, knobs)
      checkState(state, result.state)
      const logs = Object.entries<Tensor>(result.logs).map(([name, tensor]) => {
        if (tensor.rank !== 0)
          throw new CompiledStepError(`the log '${name}' is no scalar but [${tensor.shape.join(', ')}]`, {
            subject: name,
          })
        return cast(tensor, 'float32')
      })
      return {
        ...Object.fromEntries(prefixed('state', result.state)),
        ...(logs.length > 0 && { [LOGS + JSON.stringify(Object.keys(result.logs))]: stack(logs) }),
      }
    },
    { ...options, ...kept },
  )

  type Knobs = Readonly<Record<K, number>>
  const scalarsOf = (knobs: Knobs) =>
    Object.entries<number>(knobs).map(([name, value]) => [`knob/${name}`, scalar(value, 'float32')] as const)
  type Scalars = ReturnType<typeof scalarsOf>
  const inputsOf = (state: S, batch: B, scalars: Scalars): Record<string, Tensor> =>
    Object.fromEntries([...prefixed('state', state), ...prefixed('batch', batch), ...scalars])

  const resultsOf = (state: S, outputs: Record<string, Tensor>) => {
    const [key, packed] = Object.entries(outputs).find(([name]) => name.startsWith(LOGS)) ?? []
    const slots = key === undefined ? [] : (JSON.parse(key.slice(LOGS.length)) as Array<L>)
    const values = packed?.dataSync()
    packed?.dispose()
    const logs = Object.fromEntries(slots.map((name, i) => [name, values?.[i]])) as Record<L, number>
    const next = unprefixed('state', outputs) as S
    // Of a graph from the disk this is not known yet.
    if (cache) checkKept(state, next)
    return { state: next, logs }
  }
  const letGo = (scalars: Scalars): void => dispose(scalars.map(([, tensor]) => tensor))

  const call = (state: S, batch: B, knobs: Knobs) => {
    const scalars = scalarsOf(knobs)
    try {
      return resultsOf(state, compiled(inputsOf(state, batch, scalars)))
    } finally {
      letGo(scalars)
    }
  }
  const aside = async (state: S, batch: B, knobs: Knobs) => {
    const scalars = scalarsOf(knobs)
    try {
      return resultsOf(state, await compiled.aside(inputsOf(state, batch, scalars)))
    } finally {
      letGo(scalars)
    }
  }
  return Object.assign(call, { aside, graphs: compiled.graphs, dispose: compiled.dispose })
}
