// Compiled against eager, for every step and every function that a package compiles: each package lists its cases once, and
// `withoutCase` finds in its sources what the list forgot. Used by the `compiledSteps.test.ts` of the model packages.
import { readFileSync, readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { compileStep, type CompileOptions, type Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'

type Tensors = Readonly<Record<string, tf.Tensor>>

interface Named {
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
  /** largest share by which bf16 may miss fp32 after one step, see `bf16Distance` */
  readonly bf16: { readonly logs: number; readonly gradients: number }
}

export interface FunctionCase extends Named {
  /** What it answers on fixed inputs when it is made with these options. */
  readonly answer: (options: CompileOptions) => Promise<Readonly<Record<string, ArrayLike<number>>>>
  /** largest distance of bf16 from fp32, as a share of the answer's own size (Euclidean) */
  readonly bf16: number
}

/** By name, the order in which a graph takes its inputs: norms of all gradients are sums, and sums depend on order. */
const sorted = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).toSorted(([a], [b]) => (a < b ? -1 : 1)))

export interface Trained {
  /** the state after the last step, by name; the arrays are copies */
  readonly state: Readonly<Record<string, ArrayLike<number>>>
  /** of every step */
  readonly logs: ReadonlyArray<Readonly<Record<string, number>>>
}

/** Some steps on one batch. Keeps no tensor. */
export const trainCase = (
  { step, state: start, batch: films, knobs }: Pick<StepCase, 'step' | 'state' | 'batch' | 'knobs'>,
  steps: number,
  options: CompileOptions,
): Trained => {
  const run = compileStep(step, options)
  const batch = tf.tidy(films)
  let state = sorted(tf.tidy(start))
  const logs: Array<Record<string, number>> = []
  for (let i = 1; i <= steps; i++) {
    const next = run(state, batch, knobs(i))
    const kept = new Set<tf.Tensor>(Object.values(next.state))
    for (const tensor of Object.values(state)) if (!kept.has(tensor)) tensor.dispose()
    state = next.state
    logs.push(next.logs)
  }
  const values = Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tensor.dataSync().slice()]))
  tf.dispose([state, batch])
  run.dispose()
  return { state: values, logs }
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
export const distance = (
  a: Readonly<Record<string, ArrayLike<number>>>,
  b: Readonly<Record<string, ArrayLike<number>>>,
): number => {
  const sum = (f: (name: string) => number): number => Object.keys(a).reduce((total, name) => total + f(name), 0)
  return Math.sqrt(sum((name) => sumOfSquares(a[name]!, b[name])) / sum((name) => sumOfSquares(a[name]!)))
}

/**
 * How far bf16 is from fp32 after one step: the worst log, as a share of itself (of .1 where it is smaller), and all
 * gradients together. Adam's first moment after one step is the gradient times 1 − β₁. Weights are no measure: Adam moves
 * each by the learning rate however small its gradient, so a sign that turns near zero moves it twice that.
 */
export const bf16Distance = (fp32: Trained, bf16: Trained): { readonly logs: number; readonly gradients: number } => {
  const [first, other] = [fp32.logs[0]!, bf16.logs[0]!]
  const logs = Object.entries(first).map(([name, v]) => Math.abs(other[name]! - v) / Math.max(0.1, Math.abs(v)))
  const moments = (state: Trained['state']) =>
    Object.fromEntries(Object.entries(state).filter(([name]) => /^adam\b.*\bm\./.test(name)))
  return { logs: Math.max(...logs), gradients: distance(moments(fp32.state), moments(bf16.state)) }
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
