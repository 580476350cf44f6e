// One tiny training of a classifier in a process of its own. Started, killed and started again by `resume.long.test.ts`.
import { toNetworkTensors } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { trainingProcess } from '@radiograft/testing'
import type { ClassifierConfig } from '../classifierConfig.ts'
import { trainClassifier } from '../stages/trainClassifier.ts'

const SIZE = 32
const config: ClassifierConfig = {
  architecture: 'small-cnn',
  task: 'classes',
  size: SIZE,
  classes: ['Normal', 'Opacity'],
  width: 4,
  dropout: 0.2,
}
const films = Array.from({ length: 9 }, (_, i) => ({
  film: `film ${i}`,
  targets: Float32Array.of(i % 2, 1 - (i % 2)),
  weights: Float32Array.of(1),
}))

await loadRuntime({ threads: 2 })
await trainingProcess(async ({ checkpoints, graphs, ...told }) => {
  const read = async (ids: ReadonlyArray<string>) => ids.map((id) => rng(id).uniforms(SIZE * SIZE))
  const trained = await trainClassifier({ training: films.slice(0, 6), validation: films.slice(6) }, read, config, {
    seed: 7,
    compile: { cache: { folder: graphs, key: 'resume' } },
    steps: 12,
    batch: 4,
    learningRate: 3e-3,
    checks: 4,
    course: { checkpoints: { to: checkpoints, everySteps: 2 }, ...told },
  })
  return {
    config: { ...config, step: trained.step },
    tensors: await toNetworkTensors(trained.params),
    series: trained.series,
  }
})
