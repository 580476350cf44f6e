// Compiled against eager, for every step and every function that a package compiles: each package lists its cases once, and
// `withoutCase` finds in its sources what the list forgot. Used by the `compiledSteps.test.ts` of the model packages.
import { readFileSync, readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { compileStep, type CompileOptions, type Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'

type Tensors = Readonly<Record<string, tf.Tensor>>
type Values = Readonly<Record<string, ArrayLike<number>>>

export interface Named {
  readonly name: string
  /** names of exports and files under the package's `src` whose graphs this case compares */
  readonly covers: ReadonlyArray<string>
}

export interface StepCase extends Named {
  // oxlint-disable-next-line typescript/no-explicit-any -- steps of any state and batch
  readonly step: Step<any, any, any, any>
  readonly state: () => Tensors
  readonly batch: () => Tensors
  /** @param step counted from 1 */
  readonly knobs: (step: number) => Readonly<Record<string, number>>
}

export interface FunctionCase extends Named {
  /** What it answers on fixed inputs when it is made with these options. */
  readonly answer: (options: CompileOptions) => Promise<Values>
  /** largest distance of bf16 from fp32, as a share of the answer's own size (Euclidean) */
  readonly bf16: number
}

/** By name, the order in which a graph takes its inputs: norms of all gradients are sums, and sums depend on order. */
const sorted = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** Values by name, and the logs of every step. */
interface Trained {
  readonly state: Values
  readonly logs: ReadonlyArray<Readonly<Record<string, number>>>
}

const valuesOf = (tensors: Tensors): Values =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.dataSync().slice()]))

/** Some steps on one batch, from `start`, which stays the caller's; aside, as the fits do. */
const train = async (
  run: ReturnType<typeof compileStep>,
  { batch: films, knobs }: StepCase,
  start: Tensors,
  steps: number,
): Promise<Trained> => {
  const batch = tf.tidy(films)
  let state: Tensors = start
  const logs: Array<Record<string, number>> = []
  for (let i = 1; i <= steps; i++) {
    const next = await run.aside(state, batch, knobs(i))
    const kept = new Set<tf.Tensor>([...Object.values(next.state), ...Object.values(start)])
    for (const tensor of Object.values(state)) if (!kept.has(tensor)) tensor.dispose()
    state = next.state
    logs.push(next.logs)
  }
  const values = valuesOf(state)
  tf.dispose(batch)
  for (const [name, tensor] of Object.entries(state)) if (start[name] !== tensor) tensor.dispose()
  return { state: values, logs }
}

/** float32 values rounded to the nearest bfloat16. */
const rounded = (tensors: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      if (tensor.dtype !== 'float32') return [name, tensor.clone()]
      const values = Float32Array.from(tensor.dataSync())
      const bits = new Uint32Array(values.buffer)
      for (let i = 0; i < bits.length; i++) bits[i] = (bits[i]! + 0x8000) & 0xffff0000
      return [name, tf.tensor(values, tensor.shape)]
    }),
  )

export interface StepComparison {
  /** logs (`log 2 loss`: of the second step) and tensors of the state that are not equal to the last bit after three steps */
  readonly unequal: ReadonlyArray<string>
  /** how far one step in bf16 is from one in fp32 */
  readonly bf16: StepDistance
  /** how far one step in fp32 from weights that were rounded to bf16 is from one from the weights as they are */
  readonly rounding: StepDistance
}

/**
 * Compiled against eager over three steps, and bf16 against fp32 over one. How far bf16 may be depends on the network:
 * ReLUs and norms over few values make much of little. So it is held against `rounding`, the least that bf16 can do.
 */
export const compareStep = async (one: StepCase): Promise<StepComparison> => {
  const start = sorted(tf.tidy(one.state))
  const near = tf.tidy(() => rounded(start))
  const within = async <A>(
    options: CompileOptions,
    use: (run: ReturnType<typeof compileStep>) => Promise<A>,
  ): Promise<A> => {
    const run = compileStep(one.step, options)
    try {
      return await use(run)
    } finally {
      run.dispose()
    }
  }
  const eager = await within({ eager: true }, (run) => train(run, one, start, 3))
  const { compiled, first, moved } = await within({}, async (run) => ({
    compiled: await train(run, one, start, 3),
    first: await train(run, one, start, 1),
    moved: await train(run, one, near, 1),
  }))
  const bf16 = await within({ precision: 'bf16' }, (run) => train(run, one, start, 1))
  tf.dispose([start, near])
  const logs = ({ logs }: Trained) =>
    Object.fromEntries(logs.flatMap((row, i) => Object.entries(row).map(([name, v]) => [`log ${i + 1} ${name}`, v])))
  return {
    unequal: [...differing(logs(eager), logs(compiled)), ...differing(eager.state, compiled.state)],
    bf16: stepDistance(first, bf16),
    rounding: stepDistance(first, moved),
  }
}

/** Names of what two results do not share to the last bit; empty when they are equal. */
export const differing = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !sameBits(a[name], b[name]))

const sameBits = (a: unknown, b: unknown): boolean => {
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b)) return Object.is(a, b)
  const bytes = (view: ArrayBufferView) => Buffer.from(view.buffer, view.byteOffset, view.byteLength)
  return bytes(a).equals(bytes(b))
}

const sumOfSquares = (values: ArrayLike<number>, from?: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i]! - (from?.[i] ?? 0)) ** 2
  return sum
}

/** ‖a − b‖ / ‖a‖ over all arrays of two records together. */
export const distance = (a: Values, b: Values): number => {
  const sum = (f: (name: string) => number): number => Object.keys(a).reduce((total, name) => total + f(name), 0)
  return Math.sqrt(sum((name) => sumOfSquares(a[name]!, b[name])) / sum((name) => sumOfSquares(a[name]!)))
}

interface StepDistance {
  /** the worst log, as a share of itself, or of .1 where it is smaller */
  readonly logs: number
  /**
   * ‖g − g′‖ / ‖g‖ over all gradients together, read from Adam's first moment, which after one step is (1 − β₁) g. Weights
   * are no measure: Adam moves each by the learning rate however small its gradient.
   */
  readonly gradients: number
}

const stepDistance = (a: Trained, b: Trained): StepDistance => {
  const [first, other] = [a.logs[0]!, b.logs[0]!]
  const logs = Object.entries(first).map(([name, v]) => Math.abs(other[name]! - v) / Math.max(0.1, Math.abs(v)))
  const moments = ({ state }: Trained): Values =>
    Object.fromEntries(Object.entries(state).filter(([name]) => /(^|\.)adam\b.*\bm\./.test(name)))
  return { logs: Math.max(...logs), gradients: distance(moments(a), moments(b)) }
}

/** Steps and compiling files of a package that no case names: exports that are a `Step`, files that call the compiler. */
export const withoutCase = (src: string, api: object, cases: ReadonlyArray<Named>): string[] => {
  const covered = new Set(cases.flatMap(({ covers }) => covers))
  const found = new Set(Object.keys(api).filter((name) => name.endsWith('Step')))
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    const path = relative(src, `${entry.parentPath}/${entry.name}`)
    if (!entry.isFile() || !path.endsWith('.ts') || /\.test\.ts$|(^|\/)testing\//.test(path)) continue
    const text = readFileSync(`${src}/${path}`, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
    if (/\bcompile(Step|Function)\(/.test(text)) found.add(path)
    for (const [declaration, name] of text.matchAll(/^export const (\w+) =(?:(?!\n\}|\n\n)[^])*/gm))
      if (/\)\s*: Step</.test(declaration)) found.add(name!)
  }
  return [...found].filter((name) => !covered.has(name)).toSorted()
}
