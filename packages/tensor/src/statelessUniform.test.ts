import { beforeAll, describe, expect, it } from '@jest/globals'
import { tensorflowStatelessUniform } from '@radiograft/random'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { compileFunction } from './compileFunction.ts'
import { statelessNormal, statelessUniform, stepSeed } from './statelessUniform.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})

describe('statelessUniform', () => {
  it.each([
    [[1], [0, 0]],
    [
      [7, 3],
      [1, 2],
    ],
    [
      [2, 5, 3],
      [-1, 2147483647],
    ],
    [[50_001], [123_456_789, -2147483648]],
  ] as Array<[Array<number>, [number, number]]>)(
    'has the bits of the TypeScript Philox: shape %p, seed %p',
    (shape, seed) => {
      tf.tidy(() => {
        const drawn = statelessUniform(shape, tf.tensor1d(seed, 'int32'))
        expect(drawn.shape).toEqual(shape)
        expect(drawn.dataSync()).toEqual(tensorflowStatelessUniform(drawn.size, seed))
      })
    },
  )

  it('draws anew with the counter and alike in a graph and eagerly', () => {
    const draw = ({ counter }: { readonly counter: ReturnType<Tfjs['scalar']> }) => ({
      u: statelessUniform([4, 4], stepSeed(7, 'dropout', counter)),
      z: statelessNormal([4, 4], stepSeed(7, 'noise', counter)),
    })
    const compiled = compileFunction(draw)
    const runs = [3, 3, 4].map((i) => compiled({ counter: tf.scalar(i, 'int32') }))
    const [a, b, c] = runs.map(({ u }) => u.dataSync())
    expect(b).toEqual(a)
    expect(c).not.toEqual(a)
    const eager = draw({ counter: tf.scalar(3, 'int32') })
    expect(eager.u.dataSync()).toEqual(a)
    expect(runs[0]?.z.dataSync()).toEqual(eager.z.dataSync())
    compiled.dispose()
  })

  it('gives normals with mean 0, deviation 1 and kurtosis 3', () => {
    tf.tidy(() => {
      const z = statelessNormal([200_000], tf.tensor1d([5, 6], 'int32'))
      const moment = (k: number) => tf.mean(tf.pow(z, k)).dataSync()[0]
      expect(moment(1)).toBeCloseTo(0, 2)
      expect(moment(2)).toBeCloseTo(1, 1)
      expect(moment(4)).toBeCloseTo(3, 0)
    })
  })
})
