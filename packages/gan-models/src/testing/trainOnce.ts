// One tiny training of a generator in a process of its own. Started, killed and started again by `resume.long.test.ts`.
import { toNetworkTensors, unscope } from '@radiograft/nn'
import { asUnit, toSigned } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { trainingProcess } from '@radiograft/testing'
import { makeGeneratorConfig } from '../generatorConfig.ts'
import { trainTranslation } from '../stages/trainTranslation.ts'

const SIZE = 32
const ids = (kind: string): string[] => Array.from({ length: 5 }, (_, i) => `${kind} ${i}`)
const drawn = async (films: ReadonlyArray<string>) => films.map((id) => toSigned(asUnit(rng(id).uniforms(SIZE * SIZE))))

await loadRuntime({ threads: 2 })
await trainingProcess(async ({ checkpoints, graphs, ...told }) => {
  const config = makeGeneratorConfig(SIZE, { filters: 4, blocks: 1, skip: true })
  const films = { inputs: ids('x'), reals: ids('y'), read: { input: drawn, real: drawn } }
  const { generator, discriminator, series } = await trainTranslation(films, config, {
    seed: 7,
    compile: { cache: { folder: graphs, key: 'resume' } },
    discriminatorFilters: 4,
    steps: 30,
    batch: 2,
    learningRate: 2e-4,
    ganLoss: 'printed',
    l1Weight: 10,
    identityWeight: 1,
    course: { checkpoints: { to: checkpoints, everySteps: 5 }, ...told },
  })
  const both = { ...unscope(generator, 'generator'), ...unscope(discriminator, 'discriminator') }
  return { config, tensors: await toNetworkTensors(both), series }
})
