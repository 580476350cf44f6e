// A stage = name, parameters, input and output kinds, resource class, and the URL of its entry. It knows nothing of the
// engine. The definition names its entry by URL and the entry takes its types from the definition, so planning loads no
// tensors and the entry's bundle holds nothing but what it computes with.
import type { Checkpoints } from '@radiograft/checkpoints'
import type { InPorts, OutPorts, Read, Written } from './Kind.ts'
import type { ParamValues, Params } from './Param.ts'
import type { StagePrice } from './StagePrice.ts'

/** What an entry may use of its surroundings. */
export interface StageContext {
  /** uint32, derived from the pipeline's seed, the stage's name and an explicit `replica` parameter */
  readonly seed: number
  readonly threads: number
  readonly precision: 'fp32' | 'bf16'
  /** aborted on SIGINT, SIGTERM or when the parent is gone; long loops check it between steps */
  readonly signal: AbortSignal
  /** an empty folder, removed afterwards */
  readonly scratch: string
  /**
   * What an earlier try at the very same computation left, and where this one keeps how far it is: pass it to `fit` of
   * @radiograft/training. A computation of another key never sees it; it is removed once the stage's result is kept.
   */
  readonly checkpoints: Checkpoints
  /** Where compiled graphs are kept between two tries: pass it to `compileStep` of @radiograft/tensor as its `cache`. */
  readonly graphs: {
    /** absolute; made by who writes into it */
    readonly folder: string
    /** of all that a graph may depend on beside its step and the shapes that enter it */
    readonly key: string
  }
  /**
   * How far it is, of how much, in the stage's own unit. `share`: of its work in [0, 1], where units cost unlike much: what is left in time
   * is told by it. @default done / total
   */
  readonly progress: (done: number, total: number, note?: string, share?: number) => void
  readonly metric: (name: string, value: number, step: number) => void
  /** into the stage's log */
  readonly log: (message: string) => void
  /** into the log, and at once to people: what they should know before they trust the result */
  readonly warn: (message: string) => void
}

/** `compute` uses tensors and all cores; `io` reads files; `light` runs plain TypeScript. */
export type ResourceClass = 'compute' | 'io' | 'light'

export interface Stage<I extends InPorts, P extends Params, O extends OutPorts> {
  readonly name: string
  /** one sentence: what goes in, what comes out */
  readonly doc: string
  /** row ids of the acceptance list */
  readonly rows?: ReadonlyArray<string>
  readonly params: P
  readonly inputs: I
  readonly outputs: O
  readonly resource: ResourceClass
  /** a pure stage touches no tensors: its key leaves the tensor runtime out */
  readonly pure?: boolean
  /** what it costs on two cores where no earlier run says, its process's start left out; the engine has prices of its own for stages without */
  readonly price?: StagePrice
  /** the author's bump, for what the code's digest cannot see */
  readonly salt?: string
  readonly entry: URL
}
// oxlint-disable-next-line typescript/no-explicit-any -- the bound of every stage
export type AnyStage = Stage<any, any, any>

export type StageInputs<I extends InPorts> = { readonly [k in keyof I]: Read<I[k]> }
export type StageOutputs<O extends OutPorts> = { readonly [k in keyof O]: Written<O[k]> }

/** What an entry file exports as `run`: `export const run: RunOf<typeof graft> = …`, with the definition imported as a type. */
export type RunOf<S> =
  S extends Stage<infer I, infer P, infer O>
    ? (job: {
        readonly params: ParamValues<P>
        readonly inputs: StageInputs<I>
        readonly ctx: StageContext
      }) => StageOutputs<O> | Promise<StageOutputs<O>>
    : never

export const Stage = {
  make: <const I extends InPorts, P extends Params, const O extends OutPorts>(stage: Stage<I, P, O>): Stage<I, P, O> =>
    stage,
  /** './graft.run' beside the definition: .ts in the workspace, .js when published. */
  entry: (base: string, path: string): URL => new URL(path + (base.endsWith('.ts') ? '.ts' : '.js'), base),
}
