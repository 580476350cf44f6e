// `search-latents` on generators of either prior as they are drawn, guided and judged by classifiers as they are drawn.
import { beforeAll, expect, test } from '@jest/globals'
import { smallCnn } from '@radiograft/classifiers'
import { dcganGenerator, progressiveChannels, progressiveGenerator } from '@radiograft/gan-models'
import { toNetworkTensors, type Params } from '@radiograft/nn'
import type { Network } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { run } from './searchLatents.run.ts'
import { searchLatents } from './searchLatents.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const stored = async (config: Network['config'], init: () => Params): Promise<Network> => {
  const params = tf.tidy(init)
  const tensors = await toNetworkTensors(params)
  tf.dispose(params)
  return { config, tensors }
}
const classifier = (seed: string): Promise<Network> => {
  const given = { size: 32, classes: ['Effusion', 'Normal'], width: 4, dropout: 0 }
  const network = smallCnn({ ...given, classes: 2 })
  return stored({ architecture: 'small-cnn', task: 'classes', ...given }, () => network.init(rng(seed), [32, 32, 1]))
}
const latent = { size: 16, latent: 6 }
const generators = {
  dcgan: () =>
    stored({ architecture: 'dcgan-generator', prior: 'uniform', ...latent, width: 8 }, () =>
      dcganGenerator({ ...latent, width: 8 }).init(rng('dcgan'), [6]),
    ),
  progressive: () =>
    stored({ architecture: 'progressive-generator', prior: 'sphere', ...latent, largest: 8 }, () =>
      progressiveGenerator({ resolution: 16, latent: 6, channels: progressiveChannels(8) }).init(rng('pggan'), [6]),
    ),
}

test.each([
  ['dcgan', 'in the cube'],
  ['progressive', 'on the sphere'],
] as const)('from each start the latent of a %s generator climbs its guide, %s', async (name, where) => {
  const ids = filmIds(4)
  const { split } = cohortTables(ids, { partOf: (i) => (i < 3 ? 'train' : 'test') })
  const films = filmsInMemory(ids, 32, (id) => rng(id).uniforms(32 * 32))
  const before = tf.memory().numTensors
  const { metrics, paths, strip } = await run({
    params: defaultsOf(searchLatents, { starts: 3, calls: 40, frames: 3, target: 'Effusion' }),
    inputs: {
      generator: await generators[name](),
      guide: await classifier('guide'),
      judge: await classifier('judge'),
      films,
      split,
    },
    ctx: stageContext(),
  })
  expect(tf.memory().numTensors).toBe(before)
  expect([...films.seen].toSorted()).toEqual(ids.slice(0, 3))
  expect(strip.caption).toContain(`latents stay ${where} that it was trained with`)
  const value = (arm: string, metric: string) => metrics.find((row) => row.arm === arm && row.metric === metric)!.value
  expect(value('latent-search', 'latent-guide-rise')).toBeGreaterThan(0)
  expect(value('latent-search', 'latent-calls')).toBeLessThanOrEqual(40)
  for (const [, rise] of paths.cells) expect(Number(rise)).toBeGreaterThan(0)
})
