// Each kernel of our own against what TensorFlow does without it, and the small-map convolution of `nn` against the
// convolution's own kernels: the table in the README of @radiograft/tensor. Both as compiled graphs, by turns.
//
//   node --conditions=@radiograft/source --import ./tools/ts-loader.mjs tools/bench/ops.ts [part of a row's name …]
//
// On a machine where nothing else runs; about a minute. Convolutions are timed whether or not steps leave them to oneDNN here;
// in bfloat16 where the processor has it.
import {
  adamUpdate,
  affine,
  compileFunction,
  convolve,
  convolveTranspose,
  maxPool,
  mirrorPad,
} from '@radiograft/tensor'
import { normalise, squaredSum, withPortableOps } from '@radiograft/tensor'
import type { CompiledFunction, NormaliseOptions, Tensors } from '@radiograft/tensor'
import { loadRuntime, runtimeInfo } from '@radiograft/tensor/node'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { tinyMapConv } from '../../packages/nn/src/layers/tinyMapConv.ts'
import { executeKernel1 } from '../../packages/tensor/src/compile/executeKernel.ts'
import { nodeBackend } from '../../packages/tensor/src/compile/nodeBinding.ts'
import { thisMachine } from './machine.ts'
import { median } from './RowResult.ts'

type Compute = (inputs: Record<string, Tensor>) => Tensors
type Row = {
  readonly name: string
  /** of the inputs, by name */
  readonly shapes: Readonly<Record<string, ReadonlyArray<number>>>
  readonly ours: Compute
  readonly theirs: Compute
  /** In what both compute. @default fp32 */
  readonly precision?: 'fp32' | 'bf16'
}

const ROUNDS = 11
/** A turn is as many calls as take about this long. */
const TURN_SECONDS = 0.03

const tf = await loadRuntime()

const own = (name: string, attributes: Record<string, number>, ...inputs: ReadonlyArray<Tensor>): Tensors => ({
  y: executeKernel1(nodeBackend()!, name, attributes, inputs),
})
const portable =
  (compute: Compute): Compute =>
  (inputs) =>
    withPortableOps(() => compute(inputs))
const pads = (side: number) => ({ top: side, bottom: side, left: side, right: side })

/** Values are not asked for, so the graph holds the gradients alone. */
const gradients = (f: (...inputs: Array<Tensor>) => Tensor, inputs: ReadonlyArray<Tensor>, dy: Tensor): Tensors =>
  Object.fromEntries(
    tf
      .grads(f)([...inputs], dy)
      .map((gradient, i) => [`g${i}`, gradient]),
  )

const size = (batch: number, side: number): string => `${batch} × ${side}²`

/** 3×3 with zeros outside, each of the three ways. */
const convolutions = (batch: number, side: number, channels: number, narrow: 0 | 1 = 0): ReadonlyArray<Row> => {
  const films = [batch, side, side, channels]
  const shapes = { x: films, w: [3, 3, channels, channels], dy: films }
  const precision = narrow ? ({ precision: 'bf16' } as const) : {}
  const title = `${narrow ? 'bf16, ' : ''}3×3, ${channels} → ${channels}, ${size(batch, side)}`
  const options = { pads: pads(1) }
  const toFilter = portable(({ x, w, dy }) => gradients((v) => convolve(x!, v, options), [w!], dy!))
  const direct = { kernel_height: 3, kernel_width: 3, stride: 1, top: 1, left: 1, narrow }
  const row = (name: string, ours: Compute, theirs: Compute): Row => ({
    name: `${title}: ${name}`,
    shapes,
    ours,
    theirs,
    ...precision,
  })
  return [
    row(
      'forward, Winograd',
      ({ x, w }) => own('RadiograftWinograd', { pad: 1, turned: 0, narrow }, x!, w!),
      portable(({ x, w }) => ({ y: convolve(x!, w!, options) })),
    ),
    row(
      'by the films, Winograd',
      ({ w, dy }) => own('RadiograftWinograd', { pad: 1, turned: 1, narrow }, dy!, w!),
      portable(({ w, dy }) => ({ y: convolveTranspose(dy!, w!, [side, side], options) })),
    ),
    row(
      'by the filter, Winograd',
      ({ x, dy }) => own('RadiograftWinogradFilterGradient', { pad: 1, narrow }, x!, dy!),
      toFilter,
    ),
    row('by the filter, directly', ({ x, dy }) => own('RadiograftConvFilterGradient', direct, x!, dy!), toFilter),
  ]
}

/** By the filter alone, of a convolution that Winograd's filtering is not for. */
const byFilter = (batch: number, side: number, shape: readonly number[], stride: number, narrow: 0 | 1 = 0): Row => {
  const [k = 1, , channels = 1, outputs = 1] = shape
  const out = Math.floor((side - k) / stride) + 1
  const attributes = { kernel_height: k, kernel_width: k, stride, top: 0, left: 0, narrow }
  return {
    name: `${narrow ? 'bf16, ' : ''}${k}×${k} by ${stride}, ${channels} → ${outputs}, ${size(batch, out)}: by the filter, directly`,
    shapes: { x: [batch, side, side, channels], w: shape, dy: [batch, out, out, outputs] },
    ours: ({ x, dy }) => own('RadiograftConvFilterGradient', attributes, x!, dy!),
    theirs: portable(({ x, w, dy }) => gradients((v) => convolve(x!, v, { stride }), [w!], dy!)),
    ...(narrow ? { precision: 'bf16' } : {}),
  }
}

/** A convolution that Winograd's filtering is not for, and its transpose, in bfloat16. */
const direct = (batch: number, side: number, shape: readonly number[], stride: number): ReadonlyArray<Row> => {
  const [k = 1, , channels = 1, outputs = 1] = shape
  const out = Math.floor((side - k) / stride) + 1
  const shapes = { x: [batch, side, side, channels], w: shape, dy: [batch, out, out, outputs] }
  const title = `bf16, ${k}×${k} by ${stride}, ${channels} → ${outputs}, ${size(batch, out)}`
  const zeros = { top: 0, left: 0 }
  const forward = { stride, ...zeros, bottom: 0, right: 0 }
  const back = { stride, ...zeros, height: side, width: side }
  return [
    {
      name: `${title}: forward`,
      shapes,
      ours: ({ x, w }) => own('RadiograftNarrowConvolve', forward, x!, w!),
      theirs: portable(({ x, w }) => ({ y: convolve(x!, w!, { stride }) })),
      precision: 'bf16',
    },
    {
      name: `${title}: by the films`,
      shapes,
      ours: ({ w, dy }) => own('RadiograftNarrowConvolveBack', back, dy!, w!),
      theirs: portable(({ w, dy }) => ({ y: convolveTranspose(dy!, w!, [side, side], { stride }) })),
      precision: 'bf16',
    },
  ]
}

/** The same function with our kernels and without. */
const both = (name: string, shapes: Row['shapes'], compute: Compute): Row => ({
  name,
  shapes,
  ours: compute,
  theirs: portable(compute),
})

const norm = (name: string, batch: number, side: number, channels: number, options: NormaliseOptions): Row => {
  const films = [batch, side, side, channels]
  const shapes = { x: films, scale: [channels], offset: [channels], dy: films }
  return both(
    `${name}, ${size(batch, side)} × ${channels}: value and gradients`,
    shapes,
    ({ x, scale, offset, dy }) => ({
      y: normalise(x!, scale!, offset!, options).y,
      ...gradients((a, b, c) => normalise(a, b, c, options).y, [x!, scale!, offset!], dy!),
    }),
  )
}

/** A frozen batch norm with its ReLU. */
const frozen = (batch: number, side: number, channels: number): Row => {
  const films = [batch, side, side, channels]
  const compute = (x: Tensor, scale: Tensor, offset: Tensor) => affine(x, scale, offset, { slope: 0 })
  return both(
    `frozen batch norm and ReLU, ${size(batch, side)} × ${channels}: value and gradients`,
    { x: films, scale: [channels], offset: [channels], dy: films },
    ({ x, scale, offset, dy }) => ({
      y: compute(x!, scale!, offset!),
      ...gradients(compute, [x!, scale!, offset!], dy!),
    }),
  )
}

const mirror = ({ x, dy }: Record<string, Tensor>): Tensors => {
  const sides = [0, 1, 1, 0].map((side) => [side, side] as const)
  return { y: mirrorPad(x!, sides, 'reflect'), ...gradients((v) => mirrorPad(v, sides, 'reflect'), [x!], dy!) }
}

const pool = ({ x, dy }: Record<string, Tensor>): Tensors => {
  const options = { kernel: 3, stride: 2, padding: 1 }
  return { y: maxPool(x!, options), ...gradients((v) => maxPool(v, options), [x!], dy!) }
}

const adam = ({ p, m, v, g }: Record<string, Tensor>): Tensors => {
  const options = { stepSize: 1e-3, rootCorrection: 1.2, beta1: 0.5, beta2: 0.999, eps: 1e-8 }
  return { ...adamUpdate({ p: p!, m: m!, v: tf.abs(v!) }, g!, options) }
}

/** Our path for maps of a few pixels against the convolution that larger ones take. */
const tinyMap = (batch: number, side: number, channels: number): Row => {
  const films = [batch, side, side, channels]
  const way =
    (f: (x: Tensor4D, w: Tensor4D) => Tensor): Compute =>
    ({ x, w, dy }) => ({
      y: f(x as Tensor4D, w as Tensor4D),
      ...gradients((a, b) => f(a as Tensor4D, b as Tensor4D), [x!, w!], dy!),
    })
  return {
    name: `3×3, ${channels} → ${channels}, ${size(batch, side)}: value and gradients, as a product of patches`,
    shapes: { x: films, w: [3, 3, channels, channels], dy: films },
    ours: way(tinyMapConv),
    theirs: way((x, w) => convolve(x, w, { pads: pads(1) })),
  }
}

const { kernels } = runtimeInfo()
if (!kernels.fused) throw new Error(`there are no kernels to time: ${kernels.problem ?? ''}`)
const inBfloat16 =
  kernels.narrowWinograd || kernels.narrowFilterGradient || kernels.narrowConvolve
    ? [
        ...convolutions(4, 32, 256, 1),
        ...convolutions(8, 16, 128, 1),
        byFilter(4, 134, [7, 7, 64, 1], 1, 1),
        byFilter(8, 34, [4, 4, 64, 128], 2, 1),
        ...direct(8, 34, [4, 4, 64, 128], 2),
        ...direct(8, 10, [4, 4, 128, 256], 1),
      ]
    : []

const filter = [4, 4, 256, 512]
const rows: ReadonlyArray<Row> = [
  ...convolutions(4, 32, 256),
  ...convolutions(4, 32, 64),
  ...convolutions(8, 4, 512),
  byFilter(4, 134, [7, 7, 64, 1], 1),
  byFilter(8, 34, [4, 4, 64, 128], 2),
  ...inBfloat16,
  norm('instance norm', 4, 32, 256, {}),
  norm('instance norm and ReLU', 8, 64, 32, { slope: 0 }),
  norm('instance norm and leaky ReLU', 8, 16, 64, { slope: 0.2 }),
  frozen(4, 32, 64),
  norm('batch norm', 8, 64, 32, { perFilm: false }),
  both(
    `\`mirrorPad\`, ${size(4, 32)} × 256: value and gradient`,
    { x: [4, 32, 32, 256], dy: [4, 34, 34, 256] },
    mirror,
  ),
  both(
    `\`maxPool\`, 3×3 by 2, ${size(8, 64)} × 64: value and gradient`,
    { x: [8, 64, 64, 64], dy: [8, 32, 32, 64] },
    pool,
  ),
  both('Adam, 4×4, 256 → 512', { p: filter, m: filter, v: filter, g: filter }, adam),
  both('sum of squares, 4×4, 256 → 512', { x: filter }, ({ x }) => ({ y: squaredSum(x!) })),
  tinyMap(16, 1, 64),
  tinyMap(16, 2, 512),
  tinyMap(16, 4, 512),
]

const noise = (shape: ReadonlyArray<number>, seed: number): Tensor =>
  tf.randomNormal([...shape], 0, 0.1, 'float32', seed)

/** Seconds of a call. */
const timed = (calls: number, run: () => Tensors): number => {
  const from = performance.now()
  for (let i = 0; i < calls; i++) tf.dispose(run())
  return (performance.now() - from) / 1000 / calls
}

/** The largest difference of the two sides over the largest value: they must compute the same. */
const difference = (ours: Tensors, theirs: Tensors): number =>
  Math.max(
    ...Object.values(ours).map((t, i) => {
      const other = Object.values(theirs)[i]!
      const apart = tf.max(tf.abs(tf.sub(tf.reshape(t, [-1]), tf.reshape(other, [-1])))).dataSync()[0]!
      return apart / tf.max(tf.abs(other)).dataSync()[0]!
    }),
  )

/** A line of the table. */
const measure = ({ name, shapes, precision = 'fp32', ...row }: Row): string => {
  const inputs = Object.fromEntries(Object.entries(shapes).map(([key, shape], i) => [key, noise(shape, i + 1)]))
  const [ours, theirs] = [row.ours, row.theirs].map((compute) => compileFunction(compute, { precision })) as [
    CompiledFunction<Tensors, Tensors>,
    CompiledFunction<Tensors, Tensors>,
  ]
  const apart = tf.tidy(() => difference(ours(inputs), theirs(inputs)))
  if (!(apart < (precision === 'fp32' ? 1e-4 : 2e-2)))
    throw new Error(`${name}: the two sides differ by ${apart} of the largest value`)
  const sides = [ours, theirs].map((compiled) => {
    const run = () => compiled(inputs)
    timed(3, run)
    return { run, calls: Math.max(1, Math.round(TURN_SECONDS / timed(3, run))) }
  })
  // the first of a round is now the one, now the other
  const rounds = Array.from({ length: ROUNDS }, (_, i) => {
    const order = i % 2 === 0 ? [0, 1] : [1, 0]
    const seconds: Array<number> = []
    for (const side of order) seconds[side] = timed(sides[side]!.calls, sides[side]!.run)
    return seconds as [number, number]
  })
  for (const compiled of [ours, theirs]) compiled.dispose()
  tf.dispose(inputs)
  const ratios = rounds.map(([a, b]) => b / a)
  const milliseconds = (i: 0 | 1): number => Number((1000 * median(rounds.map((round) => round[i]))).toPrecision(2))
  const spread = `${median(ratios).toFixed(1)} [${Math.min(...ratios).toFixed(1)}, ${Math.max(...ratios).toFixed(1)}]`
  return `| ${name} | ${milliseconds(1)} | ${milliseconds(0)} | ${spread} |`
}

const { model, cores, instructions } = thisMachine()
const wanted = process.argv.slice(2)
process.stdout.write(
  `| ${cores} cores of ${model} (${instructions.at(-1) ?? ''}), batch first | without, ms | with, ms | × |\n`,
)
process.stdout.write('| --- | ---: | ---: | ---: |\n')
for (const row of rows)
  if (wanted.length === 0 || wanted.some((part) => row.name.includes(part))) process.stdout.write(`${measure(row)}\n`)
