// A pipeline = a typed value: stages wired by references, a matrix of cells over one graph, presets, and what is gathered
// from the cells. Resolving it (`resolvePipeline`) calls `cell` once a cell; equal nodes of two cells are one node.
import type { AnyKind, InPorts, Many, Optional, OutPorts } from './Kind.ts'
import type { Dataset } from './kinds/dataset.ts'
import type { Param, Params } from './Param.ts'
import type { AnyStage, Stage } from './Stage.ts'

/** An output port of a node, branded by its kind. */
export interface Ref<K> {
  readonly node: Node
  readonly port: string
  readonly kind: K
}
// oxlint-disable-next-line typescript/no-explicit-any -- the bound of every reference
export type AnyRef = Ref<any>
/** A dataset as a cell sees it: a reference, and its layout, so that a branch on it is plain TypeScript. */
export type DatasetRef = Ref<typeof Dataset> & { readonly layout: Dataset['layout'] }
/** What `--data` can bind, by name: `Dataset`, which is the phantom where nothing is bound, or `optional(Dataset)`, which then is not there. */
export type Datasets = Readonly<Record<string, typeof Dataset | Optional<typeof Dataset>>>
/** The datasets as a cell sees them: `undefined` for an optional one that is not bound. */
export type DatasetRefs<D extends Datasets> = {
  readonly [k in keyof D]: D[k] extends Optional<typeof Dataset> ? DatasetRef | undefined : DatasetRef
}

/** One stage with its parameters and references: the unit that is keyed, computed and kept. */
export interface Node {
  /** hash of stage, parameters and references: equal nodes of two cells are one */
  readonly identity: string
  /** the name given in the pipeline file, such as `fit-detector` */
  readonly id: string
  /** the stage, or the dataset that a source node stands for */
  readonly stage: AnyStage | undefined
  readonly dataset: { readonly name: string; readonly value: Dataset } | undefined
  readonly params: Readonly<Record<string, unknown>>
  readonly paramSources: Readonly<Record<string, string>>
  readonly inputs: Readonly<Record<string, AnyRef | ReadonlyArray<AnyRef>>>
}

export type Refs<O extends OutPorts> = { readonly [k in keyof O]: Ref<O[k]> }
type RequiredPorts<I extends InPorts> = {
  [k in keyof I]: I[k] extends Optional<AnyKind> ? never : k
}[keyof I]
type WireOf<K> =
  K extends Many<infer E> ? ReadonlyArray<Ref<E>> : K extends Optional<infer E> ? Ref<E> | undefined : Ref<K>
export type Wire<I extends InPorts> = { readonly [k in RequiredPorts<I>]: WireOf<I[k]> } & {
  readonly [k in Exclude<keyof I, RequiredPorts<I>>]?: WireOf<I[k]>
}
export type Given<P extends Params> = { readonly [k in keyof P]?: P[k] extends Param<infer T> ? T : never }

/** `g(id, stage, inputs, params)`: adds a node and returns references to its outputs. Undeclared ports are dropped. */
export interface Build {
  <I extends InPorts, P extends Params, O extends OutPorts>(
    id: string,
    stage: Stage<I, P, O>,
    inputs: Wire<I>,
    params?: Given<P>,
  ): Refs<O>
}

export type AxisValue = string | number | boolean
export type Axes = Readonly<Record<string, ReadonlyArray<AxisValue>>>
export type At<A extends Axes> = { readonly [k in keyof A]: A[k][number] }
export type PipelineParams = Readonly<Record<string, AxisValue>>
type Widen<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T
export type Widened<P> = { readonly [k in keyof P]: Widen<P[k]> }

/** `bf16`: convolutions and matrix products in bfloat16; `auto`: whichever a measurement finds faster on the machine. */
export type PrecisionChoice = 'fp32' | 'bf16' | 'auto'

export type Preset<P extends PipelineParams, A extends Axes> = Partial<Widened<P>> & {
  readonly axes?: { readonly [k in keyof A]?: ReadonlyArray<A[k][number]> }
  /** what `--precision` is where it is not given. @default 'fp32' */
  readonly precision?: PrecisionChoice
}
export type PresetName = 'quick' | 'default' | 'paper'
export type GatherResult = Readonly<Record<string, AnyRef | ReadonlyArray<AnyRef>>>

export interface PipelineSpec<D extends Datasets, P extends PipelineParams, A extends Axes, C, R extends GatherResult> {
  readonly name: string
  readonly doc: string
  /** bound by `--data`; else the phantom, or nothing where it is optional */
  readonly datasets: D
  /** defaults; `--set size=256` */
  readonly params: P
  /** one line a parameter, for `--help` and `--dry-run` */
  readonly paramDocs: { readonly [k in keyof P]: string }
  /** `quick`, `default` and `paper` are obligatory */
  readonly presets: Readonly<Record<PresetName, Preset<P, NoInfer<A>>> & Record<string, Preset<P, NoInfer<A>>>>
  /** the matrix */
  readonly axes: A
  /** rows of the acceptance list that do not exist yet, listed by `--preset paper` */
  readonly notBuilt?: ReadonlyArray<{ readonly row: string; readonly what: string }>
  readonly cell: (g: Build, data: DatasetRefs<D>, p: Widened<P>, at: At<A>) => C
  /** Only nodes that its result reaches run. `metrics` go to metrics.json, figures, tables and series to the report. */
  readonly gather: (
    g: Build,
    cells: ReadonlyArray<{ readonly at: At<A>; readonly out: C }>,
    p: Widened<P>,
    data: DatasetRefs<D>,
  ) => R
}
/** The same by its everyday name. An alias: with an interface and a constant of one name TypeScript 7.0.2 infers `out` as unknown. */
export type Pipeline<
  D extends Datasets,
  P extends PipelineParams,
  A extends Axes,
  C,
  R extends GatherResult,
> = PipelineSpec<D, P, A, C, R>
// oxlint-disable-next-line typescript/no-explicit-any -- the bound of every pipeline
export type AnyPipeline = PipelineSpec<any, any, any, any, any>

export const Pipeline = {
  make: <D extends Datasets, const P extends PipelineParams, const A extends Axes, C, R extends GatherResult>(
    pipeline: PipelineSpec<D, P, A, C, R>,
  ): PipelineSpec<D, P, A, C, R> => pipeline,
}
