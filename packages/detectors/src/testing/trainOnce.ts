// One tiny training of a detector in a process of its own. Started, killed and started again by `resume.long.test.ts`.
import { toNetworkTensors } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { trainingProcess } from '@radiograft/testing'
import { pyramidLevels } from '../anchors.ts'
import { augmentation } from '../augmentFilm.ts'
import type { DetectorConfig } from '../detectorConfig.ts'
import { trainDetector } from '../stages/trainDetector.ts'
import { formulaDetector } from './formulaDetector.ts'

const SIZE = 32
const films = Array.from({ length: 5 }, (_, i) => ({
  id: `film ${i}`,
  boxes: i % 2 === 0 ? [[4 + i, 6, 20, 24] as const] : [],
  class: i % 2 === 0 ? 1 : 0,
}))
const config: DetectorConfig = {
  architecture: 'retinanet-resnet18',
  height: SIZE,
  width: SIZE,
  levels: pyramidLevels(),
  classNames: ['Normal', 'Opacity'],
  positiveClasses: [1],
  attention: null,
  network: { classes: 2, headChannels: 8, headNorm: 'none', dropout: 0.5 },
}

await loadRuntime({ threads: 2 })
await trainingProcess(async ({ checkpoints, graphs, ...told }) => {
  const read = async (ids: ReadonlyArray<string>) => ids.map((id) => ({ pixels: rng(id).uniforms(SIZE * SIZE) }))
  const { params, series } = await trainDetector(films, read, config, {
    seed: 7,
    compile: { cache: { folder: graphs, key: 'resume' } },
    steps: 12,
    batch: 2,
    learningRate: 2e-3,
    augment: augmentation(1),
    init: await toNetworkTensors(formulaDetector(config.network, SIZE)), // drawing would take longer than training
    course: { checkpoints: { to: checkpoints, everySteps: 2 }, ...told },
  })
  return { config, tensors: await toNetworkTensors(params), series }
})
