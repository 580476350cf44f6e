import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { scope, type Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { smallNetworks } from '../testing/progressiveFormula.ts'
import { progressiveGenerator } from './progressiveGenerator.ts'
import { averageOf, grownState, progressiveState } from './progressiveState.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

/** A state in which every number says that it was trained: 7, in the average 8, after 9 steps. */
const trained = (state: Params): Params =>
  Object.fromEntries(
    Object.entries(state).map(([name, t]) => {
      const value = name.startsWith('average.') ? 8 : 7
      return [name, name === 'step' ? tf.scalar(9, 'int32') : tf.fill(t.shape, value)]
    }),
  )
const allEqual = (params: Params, number: number): boolean =>
  Object.values(params).every((t) => t.dataSync().every((v) => v === number))
const old = (): Params => trained(progressiveState(smallNetworks({ resolution: 8 }), rng('weights')))
const nets = smallNetworks({ resolution: 16, fading: true })

it('starts with the average at the generator and moments at zero', () => {
  const state = progressiveState(smallNetworks({ resolution: 4 }), rng('weights'))
  const [g, average] = [scope(state, 'generator'), averageOf(state)]
  expect(Object.keys(average)).toEqual(Object.keys(g))
  for (const [name, value] of Object.entries(g)) expect(average[name]!.dataSync()).toEqual(value.dataSync())
  expect([scope(state, 'adam.generator'), scope(state, 'adam.critic')].every((m) => allEqual(m, 0))).toBe(true)
  expect(state['step']!.dataSync()[0]).toBe(0)
})

it('growth keeps parameters, average and count by name, and draws what is new', () => {
  const [before, after] = [old(), grownState(old(), nets, rng('weights'), { resetAdam: true })]
  const isNew = (name: string): boolean => !(name in before)
  const added = Object.keys(after).filter((name) => /^(generator|critic|average)\./.test(name) && isNew(name))
  const layers = (net: string, head: string): string[] =>
    [
      '16.conv0.weight',
      '16.conv0.bias',
      '16.conv1.weight',
      '16.conv1.bias',
      `${head}.16.weight`,
      `${head}.16.bias`,
    ].map((name) => `${net}.${name}`)
  expect(added.toSorted()).toEqual(
    [...layers('generator', 'toFilm'), ...layers('critic', 'fromFilm'), ...layers('average', 'toFilm')].toSorted(),
  )
  for (const net of ['generator', 'critic', 'average']) {
    const kept = Object.fromEntries(Object.entries(after).filter(([n]) => n.startsWith(`${net}.`) && !isNew(n)))
    const value = net === 'average' ? 8 : 7
    expect([net, Object.keys(kept).length > 0, allEqual(kept, value)]).toEqual([net, true, true])
  }
  expect(after['average.16.conv0.weight']!.dataSync()).toEqual(after['generator.16.conv0.weight']!.dataSync())
  expect(after['generator.16.conv0.weight']!.dataSync()).not.toEqual(
    new Float32Array(after['generator.16.conv0.weight']!.size),
  )
  expect(after['step']!.dataSync()[0]).toBe(9)
})

it('Adam’s moments start anew, also those of layers that stay (P8); unless they are to be kept', () => {
  const moments = (state: Params): Params[] => ['adam.generator', 'adam.critic'].map((name) => scope(state, name))
  const reset = grownState(old(), nets, rng('weights'), { resetAdam: true })
  expect(moments(reset).every((m) => Object.keys(m).length > 0 && allEqual(m, 0))).toBe(true)
  const held = scope(grownState(old(), nets, rng('weights'), { resetAdam: false }), 'adam.generator')
  expect(held['v.4.conv.weight']!.dataSync()[0]).toBe(7)
  expect(held['v.16.conv0.weight']!.dataSync()[0]).toBe(0)
})

it('a finished fade drops the heads of the resolution before', () => {
  const faded = trained(progressiveState(nets, rng('weights')))
  const stable = grownState(faded, smallNetworks({ resolution: 16 }), rng('weights'), { resetAdam: false })
  const gone = Object.keys(faded).filter((name) => !(name in stable))
  expect(gone.every((name) => /(toFilm|fromFilm)\.8\./.test(name))).toBe(true)
  expect(gone.length).toBe(2 * (1 + 2) + 2 * (1 + 2) + 2) // weight and bias, with two moments each, and the average’s
  const { step, ...rest } = stable
  expect(step!.dataSync()[0]).toBe(9)
  const others = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('average.')))
  expect([allEqual(averageOf(rest), 8), allEqual(others, 7)]).toEqual([true, true])
})

it('the caller owns both states, and nothing else is left', () => {
  const state = old()
  const before = tf.memory().numTensors
  const next = grownState(state, nets, rng('weights'), { resetAdam: true })
  expect(tf.memory().numTensors).toBe(before + Object.keys(next).length)
  tf.dispose(state)
  expect(next['generator.4.conv.weight']!.dataSync()[0]).toBe(7)
})

it('says what does not fit', () => {
  const wide = { ...nets, generator: progressiveGenerator({ resolution: 16, fading: true, latent: 6 }) }
  expect(() => grownState(old(), wide, rng(0), { resetAdam: true })).toThrow(
    /^4\.dense\.weight: has shape \[6, 384\] before growth and \[6, 8192\] after/,
  )
  const apart = { ...nets, critic: smallNetworks({ resolution: 16 }).critic }
  expect(() => progressiveState(apart, rng(0))).toThrow('critic: is made for 16², the generator for 16² fading')
})
