import { beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportSavedModel } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Params } from '../Network.ts'
import { formula } from '../testing/index.ts'
import { adamInit, adamKnobs, adamStep } from './adam.ts'
import type { AdamOptions } from './adam.ts'
import { clipByGlobalNorm, clipFactor, globalNorm } from './clipByGlobalNorm.ts'
import { ema } from './ema.ts'
import fixture from './fixtures/torch-optimisers.json' with { type: 'json' }
import { valueAndGradients } from './valueAndGradients.ts'

beforeAll(() => loadRuntime())

const worst = (actual: ArrayLike<number>, expected: readonly number[]): number =>
  Math.max(...expected.map((e, i) => Math.abs(actual[i]! - e)))

it.each([
  ['default', 1e-2, {}],
  ['gan', 2e-4, { beta1: 0.5 }],
  ['decay', 1e-2, { weightDecay: 0.1, eps: 1e-3 }],
] as const)('Adam (%s) follows torch for 100 steps', (name, lr, options: Partial<AdamOptions>) => {
  const points: ArrayLike<number>[] = []
  tf.tidy(() => {
    let params: Params = { p: formula('p', [6]) }
    let state = adamInit(params)
    for (let t = 1; t <= 100; t++) {
      const g = tf.add(tf.mul(params['p']!, 0.5), formula(`g${t}`, [6], 0.3))
      const knobs = adamKnobs(t, lr, options.beta1, options.beta2)
      ;({ params, state } = adamStep(params, { p: g }, state, { ...options, ...knobs }))
      if (t % 10 === 0) points.push(params['p']!.dataSync())
    }
  })
  const truth = fixture.adam[name]
  expect(points.length).toBe(10)
  expect(Math.max(...points.map((p, i) => worst(p, truth[i]!)))).toBeLessThan(2e-6)
})

it('the first step of Adam is lr against the sign of the gradient, whatever its size', () => {
  tf.tidy(() => {
    const params = { a: tf.tensor1d([1, 1]), still: tf.scalar(7) }
    const next = adamStep(params, { a: tf.tensor1d([1e-3, -50]) }, adamInit(params), adamKnobs(1, 0.1))
    expect(worst(next.params['a']!.dataSync(), [0.9, 1.1])).toBeLessThan(2e-5)
    expect(next.params['still']).toBe(params.still)
  })
  expect(() => adamStep({ a: tf.scalar(1) }, { a: tf.scalar(1) }, {}, adamKnobs(1, 1))).toThrow('a: has a gradient but')
})

it.each(['0.05', '100.0'] as const)('clips by the norm of all gradients together, at %s', (limit) => {
  tf.tidy(() => {
    const truth = fixture.clip[limit]
    const { gradients, norm } = clipByGlobalNorm(
      { a: formula('clip.a', [3, 2]), b: formula('clip.b', [4]) },
      Number(limit),
    )
    expect(norm.dataSync()[0]).toBeCloseTo(truth.norm, 5)
    expect(worst(gradients['a']!.dataSync(), truth.a)).toBeLessThan(1e-6)
    expect(worst(gradients['b']!.dataSync(), truth.b)).toBeLessThan(1e-6)
    // the factor given to Adam does the same
    const [params, knobs] = [{ a: formula('p', [3, 2]) }, adamKnobs(1, 0.1)]
    const { factor } = clipFactor({ a: formula('clip.a', [3, 2]), b: formula('clip.b', [4]) }, Number(limit))
    const clipped = adamStep(params, { a: gradients['a']! }, adamInit(params), knobs)
    const inside = adamStep(params, { a: formula('clip.a', [3, 2]) }, adamInit(params), { ...knobs, factor })
    expect(inside.state['m.a']!.dataSync()).toEqual(clipped.state['m.a']!.dataSync())
  })
})

it('the norm of all gradients has a name of its own in a graph: profiles take `norm` for a layer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'radiograft-norm-'))
  try {
    exportSavedModel(({ g }) => ({ y: globalNorm({ g: g! }) }), { folder, inputs: { g: { shape: [2] } } })
    const graph = readFileSync(join(folder, 'saved_model.pb'), 'latin1')
    expect(new Set(graph.match(/\w+\/n\d+_\w+/g)?.map((name) => name.split('/')[0]))).toEqual(new Set(['globalNorm']))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('averages', () => {
  tf.tidy(() => {
    expect(ema({ a: tf.scalar(1) }, { a: tf.scalar(3), b: tf.scalar(0) }, 0.75)['a']!.dataSync()[0]).toBe(1.5)
  })
})

it('gives value, gradients and what else the loss made; holds nothing back', () => {
  const params: Params = { w: tf.scalar(3), 'bn.running_mean': tf.scalar(5), 'old.w': tf.scalar(2) }
  const before = tf.memory().numTensors
  const run = (): number[] =>
    tf.tidy(() => {
      const { loss, aux, gradients } = valueAndGradients(
        (p) => ({
          loss: tf.mul(tf.square(p['w']!), p['old.w']!),
          aux: { twice: tf.mul(p['w']!, 2), same: p['old.w']! },
        }),
        params,
        { frozen: ['old'] },
      )
      expect(Object.keys(gradients)).toEqual(['w'])
      return [loss, aux.twice, aux.same, gradients['w']!].map((t) => t.dataSync()[0]!)
    })
  expect(run()).toEqual([18, 6, 2, 12])
  expect(tf.memory().numTensors).toBe(before)
  expect(run()).toEqual([18, 6, 2, 12]) // the frozen one, passed through aux, is still there
})

it('names the parameter that has no gradient, unless it is declared', () => {
  tf.tidy(() => {
    const params = { a: tf.scalar(3), 'head.b': tf.scalar(1) }
    const f = (p: Params) => ({ loss: tf.square(p['a']!), aux: {} })
    expect(() => valueAndGradients(f, params)).toThrow('head.b: this parameter has no gradient')
    expect(valueAndGradients(f, params, { unused: ['head'] }).gradients['head.b']!.dataSync()[0]).toBe(0)
    expect(Object.keys(valueAndGradients(f, params, { frozen: ['head'] }).gradients)).toEqual(['a'])
    expect(() => valueAndGradients(f, params, { frozen: ['a', 'head'] })).toThrow('all are frozen')
  })
})
