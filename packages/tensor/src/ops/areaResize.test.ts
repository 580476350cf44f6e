import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { areaResize } from './areaResize.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const values = (rows: Array<Array<number>>, h: number, w: number) =>
  Array.from(areaResize(tf.tensor(rows).expandDims(0).expandDims(3), h, w).dataSync())

it('by hand: whole factors average blocks, others share pixels, growing is bilinear', () => {
  expect(
    values(
      [
        [1, 3, 5, 7],
        [5, 7, 1, 3],
      ],
      1,
      2,
    ),
  ).toEqual([4, 4])
  // Three pixels on two: each takes its own and half of the middle one.
  expect(values([[3, 6, 9]], 1, 2)).toEqual([4, 8])
  expect(values([[0, 8]], 1, 4)).toEqual([0, 2, 6, 8])
  expect(values([[5]], 3, 2)).toEqual([5, 5, 5, 5, 5, 5])
})

it('keeps films and channels apart, and the mean', () => {
  const x = tf.tensor(
    Float32Array.from({ length: 2 * 6 * 9 * 3 }, (_, i) => Math.sin(i)),
    [2, 6, 9, 3],
  )
  const y = areaResize(x, 4, 5)
  expect(y.shape).toEqual([2, 4, 5, 3])
  const means = (t: typeof y) => Array.from(tf.mean(t, [1, 2]).dataSync())
  means(y).forEach((mean, i) => expect(mean).toBeCloseTo(means(x)[i]!, 6))
  const film = tf.slice(x, [1, 0, 0, 2], [1, 6, 9, 1])
  const alone = Array.from(areaResize(film, 4, 5).dataSync())
  Array.from(tf.slice(y, [1, 0, 0, 2], [1, 4, 5, 1]).dataSync()).forEach((v, i) => expect(v).toBeCloseTo(alone[i]!, 6))
})
