import { beforeAll, expect, jest, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Params } from '@radiograft/nn'
import { anchors } from '../anchors.ts'
import { retinaNet } from './retinaNet.ts'

jest.setTimeout(60_000) // a busy machine is no failure

let params: Params
const plain = retinaNet({ classes: 3, headChannels: 8 })
beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  params = plain.init(rng(1), [32, 32, 1])
})
const films = (): tf.Tensor => tf.tensor4d(rng('films').normals(2 * 32 * 32), [2, 32, 32, 1])
const cells = 16 + 4 + 1 + 1 + 1
const evaluation = { training: false }

test('shapes: as many outputs as there are anchors, one class vector a film', () => {
  tf.tidy(() => {
    const { y } = plain.apply(params, films(), evaluation)
    const count = anchors(32, 32).length / 4
    expect(y.logits.shape).toEqual([2, count])
    expect(y.deltas.shape).toEqual([2, count, 4])
    expect(y.global.shape).toEqual([2, 3])
  })
})

test('attention: 1 + a with a map of zeros is the plain network; a with a map of ones too', () => {
  tf.tidy(() => {
    const of = (form: '1+a' | 'a', value: number, levels = [3, 4, 5, 6, 7]): Float32Array => {
      const net = retinaNet({ classes: 3, headChannels: 8, attention: { form, levels } })
      return net.apply(params, films(), evaluation, tf.fill([2, cells], value)).y.logits.dataSync() as Float32Array
    }
    const without = plain.apply(params, films(), evaluation).y.logits.dataSync()
    const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
      Array.from(a).every((v, i) => Math.abs(v - b[i]!) < 1e-5)
    expect(same(of('1+a', 0), without)).toBe(true)
    expect(same(of('a', 1), without)).toBe(true)
    expect(same(of('1+a', 1), without)).toBe(false)
    expect(same(of('1+a', 1, []), without)).toBe(true)
    // level 7 has the last 9 anchors: attending there alone leaves all others
    const last = of('1+a', 1, [7])
    const count = last.length / 2
    expect(same(last.subarray(0, count - 9), without.subarray(0, count - 9))).toBe(true)
    expect(same(last.subarray(count - 9, count), without.subarray(count - 9, count))).toBe(false)
  })
})

test('every film has its own map, every level its own cells', () => {
  tf.tidy(() => {
    const net = retinaNet({ classes: 3, headChannels: 8, attention: { form: 'a', levels: [5] } })
    const flat = new Float32Array(2 * cells)
    flat[20] = 1 // level 5 is one cell, after 16 + 4
    flat[cells + 20] = 1000 // film 1
    const y = net.apply(params, films(), evaluation, tf.tensor2d(flat, [2, cells])).y
    const without = plain.apply(params, films(), evaluation).y
    const [a, b] = [y.logits.dataSync(), without.logits.dataSync()]
    const [from, count] = [20 * 9, a.length / 2]
    expect(Math.abs(a[from]! - b[from]!)).toBeLessThan(1e-5) // film 0: times 1
    expect(Math.abs(a[count + from]! - b[count + from]!)).toBeGreaterThan(1e-4) // film 1: times 1000
  })
})

test('map and options must go together', () => {
  const net = retinaNet({ classes: 3, headChannels: 8, attention: { form: 'a', levels: [3] } })
  tf.tidy(() => {
    expect(() => net.apply(params, films(), evaluation)).toThrow('no map was given')
    expect(() => plain.apply(params, films(), evaluation, tf.zeros([2, cells]))).toThrow('without attention')
  })
})
