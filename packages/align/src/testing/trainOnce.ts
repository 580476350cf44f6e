// One tiny training of an aligner in a process of its own. Started, killed and started again by `resume.long.test.ts`.
import { identityTheta } from '@radiograft/geometry'
import { toNetworkTensors } from '@radiograft/nn'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { trainingProcess } from '@radiograft/testing'
import { randomPose } from '../randomPose.ts'
import { trainAligner } from '../stages/trainAligner.ts'
import { blobFilm } from './blobFilm.ts'
import { blankParams } from './constantAligner.ts'

const SIZE = 32
const films = Array.from({ length: 5 }, (_, i) => `film ${i}`)

await loadRuntime({ threads: 2 })
await trainingProcess(async ({ checkpoints, graphs, ...told }) => {
  const read = async (ids: ReadonlyArray<string>) => ids.map((id) => blobFilm(SIZE, randomPose(rng(id))))
  const { params, series } = await trainAligner(films, read, blobFilm(SIZE, identityTheta), {
    seed: 7,
    compile: { cache: { folder: graphs, key: 'resume' } },
    size: SIZE,
    steps: 12,
    batch: 2,
    learningRate: 1e-3,
    warp: true,
    init: await toNetworkTensors(formulaParams(blankParams(SIZE))), // drawing would take longer than training
    course: { checkpoints: { to: checkpoints, everySteps: 2 }, ...told },
  })
  return { config: { size: SIZE }, tensors: await toNetworkTensors(params), series }
})
