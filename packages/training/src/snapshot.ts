// All that the loop knows between two steps, as a checkpoint, and back. Used by `fit`. Numbers stand in tensors of float64,
// where NaN, -0 and the last bit survive; names and counts stand in the JSON.
import type { Checkpoint, CheckpointTensor, Json } from '@radiograft/checkpoints'
import { tensor as tensorOf } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { OpenWindow, SeriesRow } from './SeriesRecorder.ts'
import { TrainingError, TrainingResumeError } from './TrainingError.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** What the loop knows after `step` steps. */
export type LoopState<S extends Tensors = Tensors> = {
  readonly step: number
  readonly state: S
  readonly best?: { readonly state: S; readonly step: number } | undefined
  readonly rows: readonly SeriesRow[]
  readonly open: OpenWindow
  /** whether `validate` has ended the training */
  readonly stopped: boolean
  /** what the caller's `host` saved */
  readonly host?: Json | undefined
}

const FORMAT = 2

/** The JSON of a checkpoint of the loop. Names of tensors are listed, because files have an order of their own. */
type Written = {
  readonly fit: typeof FORMAT
  readonly names: ReadonlyArray<string>
  readonly stopped: boolean
  readonly series: ReadonlyArray<string>
  readonly open: { readonly names: ReadonlyArray<string>; readonly steps: ReadonlyArray<number>; readonly last: number }
  readonly best?: { readonly names: ReadonlyArray<string>; readonly step: number }
  readonly host?: Json
}

/** @throws TrainingError naming a tensor that a checkpoint cannot hold */
export const checkStorable = (state: Tensors): void => {
  for (const [name, { dtype }] of Object.entries(state))
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
      throw new TrainingError(`tensor '${name}' of the state is ${dtype}; checkpoints hold float32, int32 and bool`)
}

/** Not copied: tensors are not written to, and dispose() leaves the array to who holds it. */
const readTensor = (tensor: Tensor): CheckpointTensor =>
  ({ dtype: tensor.dtype, shape: tensor.shape, values: tensor.dataSync() }) as CheckpointTensor

const vector = (numbers: ReadonlyArray<number>): CheckpointTensor => ({
  dtype: 'float64',
  shape: [numbers.length],
  values: Float64Array.from(numbers),
})

const under = (prefix: string, tensors: Tensors): Array<[string, CheckpointTensor]> =>
  Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, readTensor(tensor)])

/** Reads every tensor at once, so that nothing of a later step gets in. */
export const takeSnapshot = ({ step, state, best, rows, open, stopped, host }: LoopState): Checkpoint => {
  const series = [...new Set(rows.map(({ name }) => name))]
  const at = new Map(series.map((name, i) => [name, i]))
  const written: Written = {
    fit: FORMAT,
    names: Object.keys(state),
    stopped,
    series,
    open: { names: open.sums.map(([name]) => name), steps: open.sums.map(([, , steps]) => steps), last: open.last },
    ...(best ? { best: { names: Object.keys(best.state), step: best.step } } : {}),
    ...(host === undefined ? {} : { host }),
  }
  const tensors = Object.fromEntries([
    ...under('state', state),
    ...(best ? under('best', best.state) : []),
    ['series/step', vector(rows.map((row) => row.step))],
    ['series/name', vector(rows.map((row) => at.get(row.name)!))],
    ['series/value', vector(rows.map((row) => row.value))],
    ['open/sums', vector(open.sums.map(([, sum]) => sum))],
  ])
  return { step, tensors, state: written }
}

const described = (tensor: { readonly dtype: string; readonly shape: ReadonlyArray<number> } | undefined): string =>
  tensor === undefined ? 'missing' : `${tensor.dtype} [${tensor.shape.join(', ')}]`

/** @throws TrainingResumeError naming the first tensor that is not what the loop would start with */
const checkFit = (step: number, found: Checkpoint['tensors'], names: ReadonlyArray<string>, initial: Tensors): void => {
  const known = new Set(names)
  for (const name of new Set([...Object.keys(initial), ...names])) {
    const [is, wanted] = [described(known.has(name) ? found[`state/${name}`] : undefined), described(initial[name])]
    if (is !== wanted) throw new TrainingResumeError(step, name, `its tensor '${name}' is ${is}, expected ${wanted}`)
  }
}

/**
 * The loop's state of a checkpoint; the caller owns its tensors, `initial` is only looked at.
 * @throws TrainingResumeError when it was not written by `fit`, or is of a state of other names, dtypes or shapes, of more
 *   steps than are asked for, or without the host's state where that is needed
 */
export const restoreSnapshot = <S extends Tensors>(
  { step, tensors, state: json }: Checkpoint,
  initial: S,
  { steps: asked, hasHost }: { readonly steps: number; readonly hasHost: boolean },
): LoopState<S> => {
  const written = json as unknown as Written
  const refuse = (what: string): never => {
    throw new TrainingResumeError(step, '', what)
  }
  if ((Object(json) as { readonly fit?: unknown }).fit !== FORMAT)
    refuse(`it is none that this version of fit wrote (format ${FORMAT})`)
  if (step > asked) refuse(`only ${asked} steps are asked for`)
  if (hasHost !== (written.host !== undefined)) refuse(`it ${hasHost ? 'lacks' : 'has'} a state of the host`)
  checkFit(step, tensors, written.names, initial)
  const numbers = (name: string): ReadonlyArray<number> => Array.from(tensors[name]?.values ?? [])
  const made: Tensor[] = []
  const state = (prefix: string, names: ReadonlyArray<string>): S =>
    Object.fromEntries(
      names.map((name) => {
        const { values, shape, dtype } = tensors[`${prefix}/${name}`] as CheckpointTensor & { dtype: 'float32' }
        const tensor = tensorOf(values, [...shape], dtype)
        made.push(tensor)
        return [name, tensor]
      }),
    ) as unknown as S
  try {
    const [steps, names, values] = ['step', 'name', 'value'].map((name) => numbers(`series/${name}`))
    const sums = numbers('open/sums')
    const { open } = written
    return {
      step,
      state: state('state', written.names),
      best: written.best && { state: state('best', written.best.names), step: written.best.step },
      rows: values!.map((value, i) => ({ step: steps![i]!, name: written.series[names![i]!]!, value })),
      open: { last: open.last, sums: open.names.map((name, i) => [name, sums[i]!, open.steps[i]!]) },
      stopped: written.stopped,
      host: written.host,
    }
  } catch (error) {
    for (const tensor of made) tensor.dispose()
    throw error
  }
}
