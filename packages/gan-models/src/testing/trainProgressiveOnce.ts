// One tiny growth in a process of its own. Started, killed and started again by `resume.long.test.ts`: 8² begins behind step 10 and is
// whole behind step 20.
import { asUnit, toSigned } from '@radiograft/geometry'
import { toNetworkTensors, unscope } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { trainingProcess } from '@radiograft/testing'
import { growthSchedule } from '../progressive/growthSchedule.ts'
import { trainProgressive } from '../stages/trainProgressive.ts'

const named = (name: string, length: number) => Array.from({ length }, (_, i) => `${name} ${i}`)

await loadRuntime({ threads: 2 })
await trainingProcess(async ({ checkpoints, graphs, ...told }) => {
  const { generator, early, milestones, series } = await trainProgressive(
    {
      ids: named('film', 11),
      validation: named('validation', 10),
      read: (side) => async (films) =>
        films.map((id) =>
          toSigned(
            asUnit(
              rng(id)
                .fork(side)
                .uniforms(side * side),
            ),
          ),
        ),
    },
    {
      seed: 7,
      schedule: growthSchedule({ to: 8, fadeImages: 40, stableImages: 40, batch: () => 4 }),
      latent: 6,
      largest: 8,
      group: 2,
      learningRate: 1e-3,
      emaDecay: 0.9,
      checkEvery: 8,
      samples: 4,
      compared: 10,
      adversary: { kind: 'wgan-gp' },
      compile: { cache: { folder: graphs, key: 'resume' } },
      course: { checkpoints: { to: checkpoints, everySteps: 5 }, ...told },
    },
  )
  const all = {
    ...unscope(generator, 'generator'),
    ...unscope(early.params, 'early'),
    ...Object.fromEntries(milestones.map(({ label, films }) => [label, films])),
  }
  return { config: early.resolution, tensors: await toNetworkTensors(all), series }
})
