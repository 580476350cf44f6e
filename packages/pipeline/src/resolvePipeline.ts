// From a pipeline, a preset and `--set` to the nodes that run: parameters with their sources, the cells of the matrix, and
// the graph with inputs before users and equal nodes once. Pure: nothing is read, hashed on disk or computed.
import { createHash } from 'node:crypto'
import { Schema } from 'effect'
import { canonicalJson } from './canonicalJson.ts'
import { InvalidValueError } from './InvalidValueError.ts'
import type { AnyKind, Port } from './Kind.ts'
import { kindOf } from './Kind.ts'
import { Dataset } from './kinds/dataset.ts'
import { paramsSchema } from './Param.ts'
import type { Param } from './Param.ts'
import { parseLike } from './parseSetting.ts'
import type {
  AnyPipeline,
  AnyRef,
  Axes,
  AxisValue,
  Build,
  DatasetRef,
  Datasets,
  Node,
  PrecisionChoice,
} from './Pipeline.ts'
import { PipelineError } from './PipelineError.ts'
import type { AnyStage } from './Stage.ts'
import { UnknownNameError } from './UnknownNameError.ts'

/** One cell of the matrix. */
export type Cell = Readonly<Record<string, AxisValue>>

export interface ResolvedNode extends Node {
  /** unique: the id, and where one id has several nodes the axes that tell them apart: `fit-detector[fold=0]` */
  readonly label: string
  /** the cells that it serves, in matrix order */
  readonly cells: ReadonlyArray<Cell>
}

export interface ResolvedParam {
  readonly name: string
  readonly value: AxisValue
  /** `default`, `preset quick`, or `--set` */
  readonly source: string
  readonly doc: string
}

export interface ResolvedPipeline {
  readonly name: string
  readonly doc: string
  readonly preset: string
  readonly seed: number
  readonly params: ReadonlyArray<ResolvedParam>
  readonly axes: Axes
  /** `default`, `preset quick`, or `--set`, an axis */
  readonly axisSources: Readonly<Record<string, string>>
  /** what the preset says; the runner is told a resolved one. @default 'fp32' */
  readonly precision?: PrecisionChoice
  readonly cells: ReadonlyArray<Cell>
  readonly datasets: Readonly<Record<string, Dataset>>
  /** stages and datasets that `gather` reaches, inputs before users */
  readonly nodes: ReadonlyArray<ResolvedNode>
  /** what `gather` returned, each name as a list */
  readonly results: Readonly<Record<string, ReadonlyArray<AnyRef>>>
  readonly notBuilt: ReadonlyArray<{ readonly row: string; readonly what: string }>
}

export interface ResolveOptions {
  /** @default 'default' */
  readonly preset?: string
  /** from `--set`: `param`, `stage.param` (by node id, in every cell), or `axis` with values after commas */
  readonly sets?: Readonly<Record<string, string>>
  /** absent ones are the phantom; optional ones are not there */
  readonly datasets?: Readonly<Record<string, Dataset>>
  /** @default 1 */
  readonly seed?: number
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const asMessage = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ')

const decoders = new WeakMap<AnyStage, (given: unknown) => Readonly<Record<string, unknown>>>()
/** Parameters of a stage after decoding and defaults; a wrong one is named by `<id>.<param>`. */
const decodeParams = (id: string, stage: AnyStage, given: Readonly<Record<string, unknown>>) => {
  let decode = decoders.get(stage)
  if (!decode) {
    decode = Schema.decodeUnknownSync(paramsSchema(stage.params))
    decoders.set(stage, decode)
  }
  try {
    return decode(given)
  } catch (cause) {
    for (const [name, value] of Object.entries(given)) {
      const one = stage.params[name] as Param<unknown>
      try {
        Schema.decodeUnknownSync(one.schema)(value)
      } catch (detail) {
        throw new InvalidValueError(`${id}.${name}`, value, asMessage(detail), { cause: detail })
      }
    }
    throw new InvalidValueError(id, given, asMessage(cause), { cause })
  }
}

const cellsOf = (axes: Axes): ReadonlyArray<Cell> =>
  Object.entries(axes).reduce<ReadonlyArray<Cell>>(
    (cells, [name, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))),
    [{}],
  )

interface Settings {
  readonly params: ReadonlyArray<ResolvedParam>
  readonly axes: Axes
  readonly axisSources: Readonly<Record<string, string>>
  readonly precision: PrecisionChoice | undefined
  /** node id → parameter → text */
  readonly stages: ReadonlyMap<string, ReadonlyMap<string, string>>
}

const settle = (pipeline: AnyPipeline, preset: string, sets: Readonly<Record<string, string>>): Settings => {
  const presets = pipeline.presets as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const chosen = presets[preset]
  if (!chosen) throw new UnknownNameError('preset', preset, Object.keys(presets))
  const { axes: narrowed, precision, ...overrides } = chosen
  const params = new Map<string, ResolvedParam>(
    Object.entries(pipeline.params as Readonly<Record<string, AxisValue>>).map(([name, value]) => [
      name,
      { name, value, source: 'default', doc: (pipeline.paramDocs as Record<string, string>)?.[name] ?? '' },
    ]),
  )
  for (const [name, value] of Object.entries(overrides)) {
    const before = params.get(name)
    if (!before) throw new UnknownNameError(`parameter in preset '${preset}'`, name, [...params.keys()])
    params.set(name, { ...before, value: value as AxisValue, source: `preset ${preset}` })
  }
  const axes = new Map(Object.entries(pipeline.axes as Axes))
  const axisSources = new Map([...axes.keys()].map((name) => [name, 'default']))
  for (const [name, values] of Object.entries((narrowed ?? {}) as Axes)) {
    if (!axes.has(name)) throw new UnknownNameError(`axis in preset '${preset}'`, name, [...axes.keys()])
    axes.set(name, values)
    axisSources.set(name, `preset ${preset}`)
  }
  const stages = new Map<string, Map<string, string>>()
  for (const [name, text] of Object.entries(sets)) {
    const dot = name.indexOf('.')
    const axis = (pipeline.axes as Axes)[name]
    const before = params.get(name)
    if (dot > 0) {
      const id = name.slice(0, dot)
      stages.set(id, (stages.get(id) ?? new Map<string, string>()).set(name.slice(dot + 1), text))
    } else if (before) {
      params.set(name, { ...before, value: parseLike(name, text, before.value) as AxisValue, source: '--set' })
    } else if (axis) {
      const values = text.split(',').map((one) => {
        const value = parseLike(name, one, axis[0]) as AxisValue
        if (!axis.includes(value))
          throw new InvalidValueError(name, one, `expected one of ${axis.map((v) => JSON.stringify(v)).join(', ')}`)
        return value
      })
      axes.set(name, values)
      axisSources.set(name, '--set')
    } else throw new UnknownNameError('parameter or axis', name, [...params.keys(), ...axes.keys()])
  }
  return {
    params: [...params.values()],
    axes: Object.fromEntries(axes),
    axisSources: Object.fromEntries(axisSources),
    precision: precision as PrecisionChoice | undefined,
    stages,
  }
}

const isRef = (value: unknown): value is AnyRef =>
  typeof value === 'object' && value !== null && 'node' in value && 'port' in value && 'kind' in value

const listOf = (value: AnyRef | ReadonlyArray<AnyRef> | undefined): ReadonlyArray<AnyRef> =>
  value === undefined ? [] : Array.isArray(value) ? (value as ReadonlyArray<AnyRef>) : [value as AnyRef]

/** The references that are wired to a stage's declared ports, kinds checked; whatever else was given is dropped. */
const wire = (pipeline: string, id: string, stage: AnyStage, given: Readonly<Record<string, unknown>>) => {
  const inputs: Record<string, AnyRef | ReadonlyArray<AnyRef>> = {}
  const check = (port: string, kind: AnyKind, value: unknown): AnyRef => {
    if (!isRef(value))
      throw new PipelineError(pipeline, `'${id}' has nothing wired to its port '${port}' (${kind.kind})`)
    const got = (value.kind as AnyKind).kind
    if (got !== kind.kind)
      throw new PipelineError(
        pipeline,
        `port '${port}' of '${id}' takes ${kind.kind}, but '${value.node.id}.${value.port}' is ${got}`,
      )
    return value
  }
  for (const [port, declared] of Object.entries(stage.inputs as Readonly<Record<string, Port>>)) {
    const value = given[port]
    const kind = kindOf(declared)
    if ('many' in declared) {
      if (!Array.isArray(value))
        throw new PipelineError(pipeline, `port '${port}' of '${id}' takes a list of ${kind.kind}`)
      inputs[port] = value.map((one) => check(port, kind, one))
    } else if (!('optional' in declared) || value !== undefined) inputs[port] = check(port, kind, value)
  }
  return inputs
}

const refIdentity = (value: AnyRef | ReadonlyArray<AnyRef>): unknown =>
  Array.isArray(value) ? value.map(refIdentity) : [(value as AnyRef).node.identity, (value as AnyRef).port]

/**
 * The nodes that the result needs, with everything that `--dry-run` prints. Throws `UnknownNameError`, `InvalidValueError`,
 * `PipelineError`.
 */
export const resolvePipeline = (pipeline: AnyPipeline, options: ResolveOptions = {}): ResolvedPipeline => {
  const { preset = 'default', sets = {}, seed = 1 } = options
  const settings = settle(pipeline, preset, sets)
  const names = Object.keys(pipeline.datasets as object)
  for (const name of Object.keys(options.datasets ?? {}))
    if (!names.includes(name)) throw new UnknownNameError('dataset', name, names)

  const pool = new Map<string, Node>()
  const served = new Map<string, Set<Cell>>()
  const stageOfId = new Map<string, AnyStage>()
  const entryOfName = new Map<string, string>()
  const cells = cellsOf(settings.axes)
  let current: ReadonlyArray<Cell> = []

  const keep = (identity: string, make: () => Node, serves: Iterable<Cell>): Node => {
    const node = pool.get(identity) ?? make()
    pool.set(identity, node)
    const set = served.get(identity) ?? new Set<Cell>()
    for (const cell of serves) set.add(cell)
    served.set(identity, set)
    return node
  }

  const data = Object.fromEntries(
    names.flatMap((name): ReadonlyArray<readonly [string, DatasetRef]> => {
      const bound = options.datasets?.[name]
      if (!bound && 'optional' in (pipeline.datasets as Datasets)[name]!) return []
      const value = bound ?? { layout: 'phantom', root: '' }
      const identity = sha256(canonicalJson(['dataset', name, value]))
      const node = keep(
        identity,
        () => ({
          identity,
          id: name,
          stage: undefined,
          dataset: { name, value },
          params: {},
          paramSources: {},
          inputs: {},
        }),
        [],
      )
      return [[name, { node, port: 'dataset', kind: Dataset, layout: value.layout }]]
    }),
  )

  const build = (
    id: string,
    stage: AnyStage,
    given: Readonly<Record<string, unknown>>,
    params: Readonly<Record<string, unknown>> = {},
  ): Readonly<Record<string, AnyRef>> => {
    const before = stageOfId.get(id)
    if (before && before !== stage)
      throw new PipelineError(pipeline.name, `the id '${id}' stands for two stages: ${before.name} and ${stage.name}`)
    stageOfId.set(id, stage)
    // seeds, keys and histories go by the name
    const entry = entryOfName.get(stage.name) ?? stage.entry.href
    if (entry !== stage.entry.href)
      throw new PipelineError(
        pipeline.name,
        `two stages are called '${stage.name}', one computed by ${entry}, one by ${stage.entry.href}; rename one`,
      )
    entryOfName.set(stage.name, entry)
    const declared = Object.keys(stage.params as object)
    const values: Record<string, unknown> = {}
    const sources: Record<string, string> = Object.fromEntries(declared.map((name) => [name, 'default']))
    for (const [name, value] of Object.entries(params)) {
      if (value === undefined) continue
      if (!declared.includes(name)) throw new UnknownNameError(`parameter of '${id}'`, name, declared)
      values[name] = value
      sources[name] = 'pipeline'
    }
    for (const [name, text] of settings.stages.get(id) ?? []) {
      if (!declared.includes(name)) throw new UnknownNameError(`parameter of '${id}'`, name, declared)
      values[name] = parseLike(`${id}.${name}`, text, (stage.params[name] as Param<unknown>).default)
      sources[name] = '--set'
    }
    const decoded = decodeParams(id, stage, values)
    const inputs = wire(pipeline.name, id, stage, given)
    const wired = Object.fromEntries(Object.entries(inputs).map(([port, value]) => [port, refIdentity(value)]))
    const identity = sha256(canonicalJson([stage.name, decoded, wired]))
    const serves = new Set(current)
    const node = keep(
      identity,
      () => ({ identity, id, stage, dataset: undefined, params: decoded, paramSources: sources, inputs }),
      serves,
    )
    return Object.fromEntries(
      Object.entries(stage.outputs as Readonly<Record<string, AnyKind>>).map(([port, kind]) => [
        port,
        { node, port, kind },
      ]),
    )
  }
  const g = build as unknown as Build
  const p = Object.fromEntries(settings.params.map(({ name, value }) => [name, value]))
  const outs = cells.map((at) => {
    current = [at]
    return { at, out: pipeline.cell(g, data, p, at) as unknown }
  })
  current = cells
  const gathered = pipeline.gather(g, outs, p, data) as Readonly<
    Record<string, AnyRef | ReadonlyArray<AnyRef> | undefined>
  >
  for (const id of settings.stages.keys())
    if (!stageOfId.has(id)) throw new UnknownNameError('stage', id, [...stageOfId.keys()])

  const results = Object.fromEntries(Object.entries(gathered).map(([name, value]) => [name, listOf(value)]))
  const order: Node[] = []
  const seen = new Set<string>()
  const visit = (node: Node): void => {
    if (seen.has(node.identity)) return
    seen.add(node.identity)
    for (const value of Object.values(node.inputs)) for (const ref of listOf(value)) visit(ref.node)
    order.push(node)
  }
  for (const refs of Object.values(results))
    for (const ref of refs) {
      if (!isRef(ref)) throw new PipelineError(pipeline.name, 'gather returned something that is no reference')
      visit(ref.node)
    }

  return {
    name: pipeline.name,
    doc: pipeline.doc,
    preset,
    seed,
    params: settings.params,
    axes: settings.axes,
    axisSources: settings.axisSources,
    ...(settings.precision && { precision: settings.precision }),
    cells,
    datasets: Object.fromEntries(Object.entries(data).map(([name, ref]) => [name, ref.node.dataset!.value])),
    nodes: label(order, cells, served, settings.axes),
    results,
    notBuilt: pipeline.notBuilt ?? [],
  }
}

/** Values of an axis in a label, few enough to be read: a node that serves a whole study is known by the first of them. */
const some = (values: ReadonlyArray<unknown>): string =>
  values.length <= 3 ? values.join('+') : `${values.slice(0, 2).join('+')}+${values.length - 2} more`

/** Nodes with unique labels: an id that has several nodes is told apart by the axes on which they differ. */
const label = (
  order: ReadonlyArray<Node>,
  cells: ReadonlyArray<Cell>,
  served: ReadonlyMap<string, ReadonlySet<Cell>>,
  axes: Axes,
): ReadonlyArray<ResolvedNode> => {
  const names = Object.keys(axes)
  const ofNode = new Map(
    order.map((node) => {
      const mine = node.dataset ? cells : cells.filter((cell) => served.get(node.identity)?.has(cell))
      const values = names.map((axis) => [...new Set(mine.map((cell) => cell[axis]))])
      return [node, { mine, values, text: values.map((all) => all.join('\n')) }] as const
    }),
  )
  const twinsOf = new Map<string, Node[]>()
  for (const node of order) twinsOf.set(node.id, [...(twinsOf.get(node.id) ?? []), node])
  const taken = new Set<string>()
  return order.map((node) => {
    const { mine, values, text } = ofNode.get(node)!
    const twins = twinsOf.get(node.id)!
    const telling = names
      .map((axis, i) => ({ axis, i }))
      .filter(({ i }) => twins.some((other) => ofNode.get(other)!.text[i] !== text[i]))
    const base =
      telling.length === 0
        ? node.id
        : `${node.id}[${telling.map(({ axis, i }) => `${axis}=${some(values[i]!)}`).join(',')}]`
    let unique = base
    for (let n = 2; taken.has(unique); n++) unique = `${base}#${n}`
    taken.add(unique)
    return { ...node, label: unique, cells: mine }
  })
}
