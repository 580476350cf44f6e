// `--precision`, else what the preset says, else fp32 → the precision that stages compute with and are keyed by. `auto` is
// resolved here by the machine's own measurement, so that no key and no stage ever sees it.
import type { PrecisionChoice, ResolvedPipeline } from '@radiograft/pipeline'
import type { Runtime } from '@radiograft/runner'
import type { MeasuredPrecision } from '@radiograft/tensor/node'
import type { Arguments } from './arguments/parseArguments.ts'
import { needsTensors, runtimeStamp } from './expectedRuntime.ts'
import { provisionRuntime } from './provisionRuntime.ts'
import type { Terminal } from './Terminal.ts'
import { UsageError } from './UsageError.ts'

const precisions: ReadonlyArray<PrecisionChoice> = ['fp32', 'bf16', 'auto']

export interface ChosenPrecision {
  readonly precision: Runtime['precision']
  /** how it was chosen, where it was not simply given */
  readonly says: string | undefined
}

/** `a bf16 step takes 12.6 times as long here` */
export const comparedSteps = ({ fp32, bf16 }: Pick<MeasuredPrecision, 'fp32' | 'bf16'>): string => {
  const times = bf16 / fp32
  const [slower, faster] = [times.toFixed(times < 10 ? 2 : 1), (1 / times).toFixed(2)]
  return times >= 1 ? `a bf16 step takes ${slower} times as long here` : `a bf16 step is ${faster} times as fast here`
}

const asked = (given: Arguments, { precision }: ResolvedPipeline): PrecisionChoice => {
  const text = given.get('precision')
  if (text === undefined) return precision ?? 'fp32'
  const known = precisions.find((one) => one === text)
  if (known === undefined) throw new UsageError(`--precision '${text}': it is one of ${precisions.join(', ')}.`)
  return known
}

/**
 * @param lookOnly nothing is set up: where the tensor runtime is not there yet, `auto` is fp32 for now, and says so.
 */
export const choosePrecision = async (
  given: Arguments,
  pipeline: ResolvedPipeline,
  options: { readonly threads?: number | undefined; readonly lookOnly: boolean; readonly terminal: Terminal },
): Promise<ChosenPrecision> => {
  const choice = asked(given, pipeline)
  if (choice !== 'auto') return { precision: choice, says: undefined }
  if (!needsTensors(pipeline.nodes)) return { precision: 'fp32', says: undefined }
  if (options.lookOnly && !(await runtimeStamp()))
    return { precision: 'fp32', says: 'precision fp32 for now: it is measured once the tensor runtime is set up' }
  await provisionRuntime(options.terminal)
  const { measurePrecision } = await import('@radiograft/tensor/node')
  const { threads } = options
  const measured = await measurePrecision(threads === undefined ? {} : { threads })
  return { precision: measured.precision, says: `precision ${measured.precision}: ${comparedSteps(measured)}` }
}
