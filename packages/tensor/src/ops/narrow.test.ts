// Our convolutions with products in bfloat16. Whole numbers of few bits have no error there, so that results are known to the
// last bit; of others the error must be that of bfloat16, neither more nor none. A processor without such products refuses.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'
import { compileFunction } from '../compileFunction.ts'
import { loadRuntime } from '../node/index.ts'
import { NARROW_FLAGS } from '../node/kernelAddon.ts'
import { processorFlags } from '../node/keptAnswers.ts'
import { convolve, convolveTranspose } from './convolve.ts'
import { fusedKernels, setFusedKernels, withPortableOps } from './portable.ts'

/** As the add-on asks of a processor. */
const hasProducts = process.arch === 'x64' && NARROW_FLAGS.every((flag) => processorFlags().includes(flag))
const where = hasProducts ? describe : describe.skip

beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  setFusedKernels({
    ...fusedKernels(),
    narrowConvolve: hasProducts,
    narrowFilterGradient: hasProducts,
    narrowWinograd: hasProducts,
  })
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

type Shape = ReadonlyArray<number>
const filled = (shape: Shape, value: (i: number) => number): Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i)),
    [...shape],
  )
/** Whole numbers -`most`..`most` in no order. */
const whole = (shape: Shape, most: number, k: number): Tensor =>
  filled(shape, (i) => ((((i + k) * 2_654_435_761) >>> 7) % (2 * most + 1)) - most)
const uneven = (shape: Shape, k: number): Tensor =>
  filled(shape, (i) => {
    const v = 43758.5453 * Math.sin(12.9898 * k * (i + 1))
    return 2 * (v - Math.floor(v)) - 1
  })

const kernel = (name: string, attributes: Record<string, number>, ...inputs: Tensor[]): Float32Array =>
  executeKernel1(nodeBackend()!, name, attributes, inputs).dataSync() as Float32Array
/** The kernel twice: products in float32 and in bfloat16. */
const both = (name: string, attributes: Record<string, number>, ...inputs: Tensor[]) =>
  [0, 1].map((narrow) => kernel(name, { ...attributes, narrow }, ...inputs)) as [Float32Array, Float32Array]

/** Root mean square of the difference over that of the values. */
const error = (exact: Float32Array, rounded: Float32Array): number => {
  const squares = (values: Float32Array) => values.reduce((sum, v) => sum + v * v, 0)
  return Math.sqrt(squares(exact.map((v, i) => v - rounded[i]!)) / squares(exact))
}
const equal = ([exact, rounded]: readonly [Float32Array, Float32Array]): boolean =>
  exact.length === rounded.length && exact.every((v, i) => v === rounded[i])

it('is refused where the processor has no such products', () => {
  const run = () =>
    kernel('RadiograftWinograd', { pad: 1, turned: 0, narrow: 1 }, tf.ones([1, 4, 4, 16]), tf.ones([3, 3, 16, 16]))
  if (hasProducts) expect(run()[0]).toBe(64)
  else expect(run).toThrow('the processor has no products in bfloat16')
})

where('3×3 of stride 1', () => {
  // panels of 16 channels full, short and odd; tiles cut by the edge; more tiles than a block
  const cases = [
    [[2, 6, 6, 16], 16, 1],
    [[1, 7, 9, 17], 33, 0],
    [[3, 5, 8, 40], 24, 2],
    [[2, 33, 31, 32], 48, 1],
    // an odd number of tiles
    [[1, 6, 6, 20], 16, 1],
    [[1, 50, 46, 16], 16, 1],
  ] as const

  it.each(cases)('[%j] → %d, pad %d: whole numbers come out exactly', (films, outputs, pad) => {
    const x = whole(films, 3, 1)
    // multiples of 4: halves and quarters of the filter's transform are whole too
    const filter = tf.mul(whole([3, 3, films[3], outputs], 2, 2), 4)
    const dy = whole([films[0], films[1] + 2 * pad - 2, films[2] + 2 * pad - 2, outputs], 3, 3)
    expect(equal(both('RadiograftWinograd', { pad, turned: 0 }, x, filter))).toBe(true)
    expect(equal(both('RadiograftWinograd', { pad: 2 - pad, turned: 1 }, dy, filter))).toBe(true)
    expect(equal(both('RadiograftWinogradFilterGradient', { pad }, x, dy))).toBe(true)
  })

  it('the error of other numbers is that of bfloat16: 1.4 times that of a direct convolution', () => {
    const [x, filter, dy] = [uneven([4, 16, 16, 64], 1), uneven([3, 3, 64, 48], 2), uneven([4, 16, 16, 48], 3)]
    const errors = [
      both('RadiograftWinograd', { pad: 1, turned: 0 }, x, filter),
      both('RadiograftWinograd', { pad: 1, turned: 1 }, dy, filter),
      both('RadiograftWinogradFilterGradient', { pad: 1 }, x, dy),
    ].map((pair) => error(...pair))
    for (const one of errors) {
      expect(one).toBeGreaterThan(2e-3)
      expect(one).toBeLessThan(6e-3)
    }
  })
})

where('the gradient by the filter', () => {
  // [films], outputs, filter, stride, pad: halves of unequal height, one film, few channels side by side, few outputs
  const cases = [
    [[2, 8, 8, 16], 32, 4, 2, 1],
    [[1, 9, 7, 17], 33, 3, 1, 1],
    [[1, 11, 11, 1], 32, 7, 1, 3],
    [[2, 9, 9, 3], 40, 3, 2, 0],
    [[3, 9, 8, 40], 1, 4, 1, 1],
    [[2, 3, 3, 20], 16, 3, 1, 0],
  ] as const

  it.each(cases)(
    '[%j] → %d, %d×, stride %d, pad %d: whole numbers come out exactly',
    (films, outputs, k, stride, pad) => {
      const side = (size: number) => Math.floor((size + 2 * pad - k) / stride) + 1
      const [x, dy] = [whole(films, 5, 1), whole([films[0], side(films[1]), side(films[2]), outputs], 5, 2)]
      const attributes = { kernel_height: k, kernel_width: k, stride, top: pad, left: pad }
      const pair = both('RadiograftConvFilterGradient', attributes, x, dy)
      expect(equal(pair)).toBe(true)
      expect(pair[1].some((v) => v !== 0)).toBe(true)
    },
  )

  it('the error of other numbers is that of bfloat16', () => {
    const attributes = { kernel_height: 4, kernel_width: 4, stride: 2, top: 1, left: 1 }
    const pair = both('RadiograftConvFilterGradient', attributes, uneven([4, 16, 16, 32], 1), uneven([4, 8, 8, 64], 2))
    expect(error(...pair)).toBeGreaterThan(1e-3)
    expect(error(...pair)).toBeLessThan(4e-3)
  })
})

where('any filter and stride', () => {
  // [films], outputs, filter, stride, [top, left, bottom, right]: panels full and short, one channel and odd ones, rows longer than
  // a register tile, taps that no pixel or only margins see, strides larger than the filter
  const cases = [
    [[2, 8, 8, 16], 32, 4, 2, [1, 1, 1, 1]],
    [[2, 10, 10, 32], 48, 4, 1, [0, 0, 0, 0]],
    [[1, 9, 30, 17], 33, 3, 1, [1, 1, 1, 1]],
    [[1, 11, 11, 1], 32, 7, 1, [3, 3, 3, 3]],
    [[2, 9, 8, 3], 20, 2, 3, [1, 0, 0, 1]],
    [[2, 9, 9, 16], 17, 1, 2, [0, 0, 0, 0]],
    [[1, 13, 6, 18], 9, 5, 3, [2, 2, 2, 2]],
    [[1, 2, 2, 16], 16, 4, 2, [1, 1, 1, 1]],
    // few outputs, whose lanes are pixels: odd channels, a row of more than one block, wide zeros
    [[2, 9, 70, 33], 1, 7, 1, [3, 3, 3, 3]],
    [[1, 6, 5, 3], 2, 4, 1, [2, 3, 1, 5]],
  ] as const

  it.each(cases)(
    '[%j] → %d, %d×, stride %d, zeros %j: whole numbers come out exactly',
    (films, outputs, k, stride, zeros) => {
      const [top, left, bottom, right] = zeros
      const geometry = { stride, pads: { top, left, bottom, right } }
      const out = [
        films[0],
        Math.floor((films[1] + top + bottom - k) / stride) + 1,
        Math.floor((films[2] + left + right - k) / stride) + 1,
        outputs,
      ]
      const [x, filter, dy] = [whole(films, 3, 1), whole([k, k, films[3], outputs], 3, 2), whole(out, 3, 3)]
      const exact = withPortableOps(() => [
        convolve(x, filter, geometry).dataSync() as Float32Array,
        convolveTranspose(dy, filter, [films[1], films[2]], geometry).dataSync() as Float32Array,
      ])
      const y = kernel('RadiograftNarrowConvolve', { stride, top, left, bottom, right }, x, filter)
      const sides = { stride, top, left, height: films[1], width: films[2] }
      const dx = kernel('RadiograftNarrowConvolveBack', sides, dy, filter)
      expect([equal([exact[0]!, y]), equal([exact[1]!, dx])]).toEqual([true, true])
    },
  )

  it('the error of other numbers is that of bfloat16', () => {
    const [x, filter, dy] = [uneven([2, 16, 16, 32], 1), uneven([4, 4, 32, 64], 2), uneven([2, 8, 8, 64], 3)]
    const geometry = { stride: 2, pads: { top: 1, left: 1, bottom: 1, right: 1 } }
    const [y, dx] = withPortableOps(() => [
      convolve(x, filter, geometry).dataSync() as Float32Array,
      convolveTranspose(dy, filter, [16, 16], geometry).dataSync() as Float32Array,
    ]) as [Float32Array, Float32Array]
    const errors = [
      error(y, kernel('RadiograftNarrowConvolve', { stride: 2, ...geometry.pads }, x, filter)),
      error(
        dx,
        kernel('RadiograftNarrowConvolveBack', { stride: 2, top: 1, left: 1, height: 16, width: 16 }, dy, filter),
      ),
    ]
    for (const one of errors) {
      expect(one).toBeGreaterThan(1e-3)
      expect(one).toBeLessThan(4e-3)
    }
  })

  it.each([
    ['a filter [kh, kw, C, O] are needed', [1, 8, 8, 16], [3, 3, 17, 16]],
    ['the films are smaller than the filter', [1, 2, 8, 16], [3, 3, 16, 16]],
  ] as const)('refuses: %s', (why, films, filter) => {
    const attributes = { stride: 1, top: 0, left: 0, bottom: 0, right: 0 }
    expect(() => kernel('RadiograftNarrowConvolve', attributes, uneven(films, 1), uneven(filter, 2))).toThrow(why)
  })

  // what the docstring of convolve says of pixels that are not numbers
  it.each([
    // [row, column, first film], left and right zeros, [film, row, column] of outputs that do not see it
    [
      'an odd row of values, zeros around it: the output whose window ends left of it',
      3,
      1,
      [0, 2, 5],
      ['0,1,3', '0,2,3', '0,3,3'],
    ],
    ['without zeros: the last one in rows whose window ends in the row above', 3, 0, [0, 2, 0], ['0,0,4', '0,1,4']],
    ['without zeros: the last one of the film before', 3, 0, [1, 0, 0], ['0,2,4']],
    ['an even row of values: none', 2, 1, [0, 2, 5], []],
  ] as const)('%s', (_, k, zeros, at, beyond) => {
    const x = whole([2, 5, 7, 1], 3, 1).bufferSync()
    x.set(NaN, ...at, 0)
    const pads = { top: zeros, left: zeros, bottom: zeros, right: zeros }
    const filter = tf.ones([k, k, 1, 16])
    const side = (size: number): number => size + 2 * zeros - k + 1
    const [rows, columns] = [side(5), side(7)]
    const spoilt = (y: Float32Array): ReadonlyArray<string> =>
      [...y.keys()]
        .filter((i) => i % 16 === 0 && Number.isNaN(y[i]))
        .map((i) => [i / 16 / columns / rows, (i / 16 / columns) % rows, (i / 16) % columns].map(Math.floor).join())
    const seen = spoilt(withPortableOps(() => convolve(x.toTensor(), filter, { pads }).dataSync() as Float32Array))
    const ours = spoilt(kernel('RadiograftNarrowConvolve', { stride: 1, ...pads }, x.toTensor(), filter))
    expect(ours.filter((place) => !seen.includes(place))).toEqual(beyond)
    expect(seen.filter((place) => !ours.includes(place))).toEqual([])
  })

  it('of no films there is nothing', () => {
    const attributes = { stride: 1, top: 0, left: 0, bottom: 0, right: 0 }
    const y = executeKernel1(nodeBackend()!, 'RadiograftNarrowConvolve', attributes, [
      tf.zeros([0, 8, 8, 16]),
      tf.zeros([3, 3, 16, 16]),
    ])
    expect(y.shape).toEqual([0, 6, 6, 16])
  })
})

where('a graph in bfloat16', () => {
  const pads = { top: 1, bottom: 1, left: 1, right: 1 }
  const body = ({ x, filter }: { readonly x: Tensor; readonly filter: Tensor }) => {
    const [dx, dw] = tf.grads((a: Tensor, b: Tensor) => tf.sum(tf.sin(convolve(a, b, { pads }))))([x, filter])
    return { dx: dx!, dw: dw! }
  }

  it('runs on them, with the same bits each time and without casts', () => {
    const inputs = { x: uneven([4, 16, 16, 32], 1), filter: tf.mul(uneven([3, 3, 32, 32], 2), 0.1) }
    const [exact, rounded] = (['fp32', 'bf16'] as const).map((precision) => {
      const compiled = compileFunction(body, { precision })
      const runs = [compiled(inputs), compiled(inputs)].map(({ dx, dw }) => [dx.dataSync(), dw.dataSync()])
      expect(runs[1]).toEqual(runs[0])
      compiled.dispose()
      return runs[0] as Float32Array[]
    })
    exact!.forEach((values, i) => {
      const off = error(values, rounded![i]!)
      expect(off).toBeGreaterThan(1e-3)
      expect(off).toBeLessThan(2e-2)
    })
  })
})
