import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { smallModel } from '../testing/smallModel.ts'
import { decodeWeights } from './decodeWeights.ts'
import { layersNetwork } from './layersNetwork.ts'
import { LayersModelError } from './LayersModelError.ts'
import { parseLayersModel } from './parseLayersModel.ts'
import { readLayersModel } from './readLayersModel.ts'
import { weightsDigest } from './weightsDigest.ts'

type Small = ReturnType<typeof smallModel>
const networkOf = ({ model, shards }: Small, until = 'out_relu') =>
  layersNetwork(parseLayersModel(JSON.stringify(model), 'model.json'), shards, until)

test('steps, shapes and the numbers they are made of', () => {
  const { steps, tensors, input, output, parameters } = networkOf(smallModel())
  expect(input).toEqual([17, 17, 3])
  // 17 + 1 by stride 2 gives 8, then 4, then 2
  expect(output).toEqual([2, 2, 12])
  expect(steps.map(({ name }) => name)).not.toContain('beyond')
  expect(steps.map(({ op }) => op)).toEqual(
    ['input', 'pad', 'conv', 'relu', 'depthwise', 'relu', 'conv', 'add', 'depthwise', 'conv', 'relu', 'conv', 'relu'], // prettier-ignore
  )
  const filters = 3 * 3 * 3 * 6 + 9 * 6 + 36 + 9 * 6 + 9 * 60 + 10 + 10 * 12 + 12
  expect(parameters).toBe(filters + 4 * (6 + 6 + 6 + 6 + 12))
  expect(tensors['deep.weight']!.shape).toEqual([3, 3, 6, 1])
})

test('what is quantised is min + scale · stored; 16 bits have the low byte first', () => {
  const weights = [
    { name: 'a', shape: [2], stored: 'uint8', scale: 0.5, min: -1 },
    { name: 'b', shape: [1], stored: 'uint16', scale: 2, min: 1 },
    { name: 'c', shape: [1], stored: 'float32', scale: 1, min: 0 },
  ] as const
  const shards = new Map([
    ['one', Uint8Array.of(0, 3, 1)],
    ['two', Uint8Array.of(2, 0, 0, 0x80, 0xbf)],
  ])
  const found = decodeWeights({ file: 'm', layers: [], groups: [{ paths: ['one', 'two'], weights }] }, shards)
  expect([...found].map(([name, { data }]) => [name, ...data])).toEqual([
    ['a', -1, 0.5],
    ['b', 1 + 2 * (1 + 2 * 256)],
    ['c', -1],
  ])
})

test('batch normalisation goes into the convolution before it', () => {
  const small = smallModel()
  const before = decodeWeights(parseLayersModel(JSON.stringify(small.model), 'm'), small.shards)
  const { tensors } = networkOf(small)
  const one = (name: string) => before.get(`last${name}`)!.data[7]!
  const s = one('_bn/gamma') / Math.sqrt(one('_bn/moving_variance') + 0.001)
  expect(tensors['last.bias']!.data[7]).toBeCloseTo((one('/bias') - one('_bn/moving_mean')) * s + one('_bn/beta'), 6)
  expect(tensors['last.weight']!.data[12 * 3 + 7]).toBeCloseTo(before.get('last/kernel')!.data[12 * 3 + 7]! * s, 6)
})

describe('refused, naming what is wrong', () => {
  const spoiled = (spoil: (small: Small) => void): Small => {
    const small = smallModel()
    spoil(small)
    return small
  }
  const shard = (small: Small, name: string, change: (bytes: Uint8Array) => Uint8Array) =>
    small.shards.set(name, change(small.shards.get(name)!))
  const cases: ReadonlyArray<readonly [string, (small: Small) => void, string, RegExp]> = [
    [
      'no out_relu',
      ({ layer }) => (layer('out_relu').name = 'other'),
      'network',
      /^model\.json: it has no layer out_relu; its last is beyond\./,
    ],
    [
      'a truncated shard',
      (small) => shard(small, 'group1-shard2of2', (bytes) => bytes.slice(0, -1)),
      'weights',
      /^group1-shard1of2, group1-shard2of2: truncated: \d+ bytes, where model\.json names weights of \d+\./,
    ],
    [
      'a shard too long',
      (small) => shard(small, 'group1-shard2of2', (bytes) => Uint8Array.of(...bytes, 0)),
      'weights',
      /too long/,
    ],
    ['a shard that is not there', ({ shards }) => shards.delete('group1-shard1of2'), 'weights', /truncated/],
    [
      'a kernel of another shape',
      ({ model }) => (model.weightsManifest[0].weights[0]!.shape = [3, 3, 6, 3]),
      'weights',
      /layer first \(Conv2D\) has kernel of \[3, 3, 6, 3\], not \[3, 3, 3, 6\]/,
    ],
    [
      'a weight of another name',
      ({ model }) => (model.weightsManifest[0].weights[1]!.name = 'x'),
      'weights',
      /has no weight first_bn\/gamma/,
    ],
    ['a Sequential model', ({ model }) => (model.modelTopology.model_config.class_name = 'Sequential'), 'format', /class "Sequential"/], // prettier-ignore
    ['a graph model', ({ model }) => (model.format = 'graph-model'), 'format', /graph model/],
    ['an unknown layer', ({ layer }) => (layer('sum').class_name = 'Multiply'), 'layer', /sum \(Multiply\).*not known/],
    [
      'dilation',
      ({ layer }) => (layer('wide').config['dilation_rate'] = [2, 2]),
      'layer',
      /wide \(Conv2D\) is dilated/,
    ],
    ['channels first', ({ layer }) => (layer('wide').config['data_format'] = 'channels_first'), 'layer', /channels first/], // prettier-ignore
    [
      'another activation',
      ({ layer }) => (layer('wide').config['activation'] = 'swish'),
      'layer',
      /activation "swish"/,
    ],
    ['a leaky ReLU', ({ layer }) => (layer('out_relu').config['negative_slope'] = 0.1), 'layer', /slope/],
    [
      'a sum of unlike maps',
      ({ layer }) => (layer('sum').inbound_nodes[0]![1]![0] = 'pad'),
      'layer',
      /different shapes/,
    ],
    ['a normalisation of a sum', ({ layer }) => (layer('last_bn').inbound_nodes[0]![0]![0] = 'sum'), 'layer', /does not follow a convolution/], // prettier-ignore
    ['a loop', ({ layer }) => (layer('deep').inbound_nodes[0]![0]![0] = 'sum'), 'layer', /takes from itself/],
    ['a layer that is not there', ({ layer }) => (layer('deep').inbound_nodes[0]![0]![0] = 'gone'), 'layer', /takes from gone/], // prettier-ignore
    [
      'a shard outside of the folder',
      ({ model }) => (model.weightsManifest[0].paths[0] = '../secret'),
      'format',
      /"\.\.\/secret" is no name/,
    ],
    ['float16', ({ model }) => (model.weightsManifest[0].weights[0]!.quantization = { dtype: 'float16' }), 'format', /quantised as float16/], // prettier-ignore
  ]
  test.each(cases)('%s', (_, spoil, problem, message) => {
    const small = spoiled(spoil)
    try {
      networkOf(small)
      throw new Error('it was taken')
    } catch (error) {
      expect(error).toBeInstanceOf(LayersModelError)
      expect((error as LayersModelError).message).toMatch(message)
      expect((error as LayersModelError).problem).toBe(problem)
    }
  })
  test('what is wrong beyond the layer that is read does not matter', () => {
    expect(() => networkOf(spoiled(({ layer }) => (layer('beyond').class_name = 'Softmax')))).not.toThrow()
  })
})

test('from a folder: its bytes have one digest; a folder without model.json, and no JSON', async () => {
  const folder = emptyFolder('layers')
  await expect(readLayersModel(folder)).rejects.toThrow(/model\.json: there is no such file/)
  writeFileSync(join(folder, 'model.json'), 'not a model')
  await expect(readLayersModel(folder)).rejects.toThrow(/it is no JSON/)
  const { model, shards } = smallModel()
  writeFileSync(join(folder, 'model.json'), JSON.stringify(model))
  await expect(readLayersModel(folder)).rejects.toThrow(/group1-shard1of2: there is no such file/)
  for (const [name, bytes] of shards) writeFileSync(join(folder, name), bytes)
  const stored = await readLayersModel(folder)
  expect(layersNetwork(stored.model, stored.shards, 'out_relu').output).toEqual([2, 2, 12])
  const digest = weightsDigest(stored)
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  expect(weightsDigest({ ...stored, shards: new Map([...shards].with(1, ['group1-shard2of2', new Uint8Array(3)])) })).not.toBe(digest) // prettier-ignore
})
