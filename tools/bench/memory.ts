// Whether a long training keeps to its memory: the default GAN or detector step through `fit`, with batches made anew each step,
// checkpoints and progress on. Takes the resident size every 10 steps, as the process stands and right after malloc has given back
// what it keeps free, as it does after each checkpoint of a training; prints both every 100, and their slopes by least squares with
// the standard error, and as the median over all pairs of points. Ends with 1 when what is held grows by 4 KB a step or more.
// Standing, a process wanders: a detector's has 50 to 100 MB free between tensors, as ops happened to overlap, while malloc's count
// of what is held stays 144 MB; the line through such points has a standard error of 2 to 3 KB a step.
// With the environment in which the runner starts its stages (leanHeap.ts).
// node --expose-gc --conditions=@radiograft/source --import ./tools/ts-loader.mjs tools/bench/memory.ts gan|det [--steps 2000] [--threads 2] [--precision fp32]
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { folderCheckpoints, type Checkpoints } from '@radiograft/checkpoints'
import {
  augmentation,
  batchAssembler,
  detectorState,
  detectorStep,
  pyramidLevels,
  retinaNet,
  type DetectorBatch,
} from '@radiograft/detectors'
import {
  cycleGanGenerator,
  pairedTranslationKnobs,
  pairedTranslationState,
  pairedTranslationStep,
  patchGan,
} from '@radiograft/gan-models'
import { adamKnobs } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { leanHeap } from '@radiograft/runner'
import { compileStep, giveMemoryBack } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import { fit, type FitOptions } from '@radiograft/training'
import * as tf from '@tensorflow/tfjs-core'

/** KB a step. */
const LIMIT = 4
/** Allocators, caches and the compiler's own memory settle before. */
const FROM = 200
const EVERY = 10
const PRINTED = 100

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '2000' },
    threads: { type: 'string', default: '2' },
    precision: { type: 'string', default: 'fp32' },
  },
})
const [what] = positionals
const steps = Number(values.steps)
const { precision } = values
if ((what !== 'gan' && what !== 'det') || (precision !== 'fp32' && precision !== 'bf16') || !(steps >= 2 * FROM)) {
  console.error(`usage: memory.ts gan|det [--steps N] [--threads N] [--precision fp32|bf16], N at least ${2 * FROM}`)
  process.exit(2)
}
if (process.platform === 'linux' && Object.entries(leanHeap).some(([name, value]) => process.env[name] !== value)) {
  // malloc reads it when the process starts
  const args = [...process.execArgv, ...process.argv.slice(1)]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...leanHeap } })
  process.exit(status ?? 1)
}
await loadRuntime({ threads: Number(values.threads) })

type Training = Pick<
  FitOptions<tf.NamedTensorMap, tf.NamedTensorMap, 'adamStepSize' | 'adamRootCorrection'>,
  'state' | 'step' | 'batches' | 'knobs'
>

/** The stages' defaults: 64², 32 filters, 6 blocks, batch 8. */
const gan = (): Training => {
  const [size, batch] = [64, 8]
  const networks = {
    generator: cycleGanGenerator({ filters: 32, blocks: 6, skip: true }),
    discriminator: patchGan({ filters: 32 }),
  }
  const run = compileStep(
    pairedTranslationStep({ ...networks, ganLoss: 'printed', l1Weight: 100, identityWeight: 0 }),
    { precision },
  )
  const film = (name: string, step: number): tf.Tensor =>
    tf.tensor4d(
      rng(name)
        .fork(step)
        .uniforms(batch * size * size)
        .map((v) => 2 * v - 1),
      [batch, size, size, 1],
    )
  return {
    step: run.aside as unknown as Training['step'],
    state: pairedTranslationState(networks, rng('weights'), [size, size, 1]),
    knobs: (step) => pairedTranslationKnobs(step + 1, 2e-4),
    batches: async (step) => ({
      tensors: { input: film('input', step), target: film('target', step), real: film('real', step) },
    }),
  }
}

/** The stage's defaults: 128², heads of 64 channels, batch 8. */
const det = (): Training => {
  const [size, batch] = [128, 8]
  const network = retinaNet({ classes: 3 })
  const run = compileStep(detectorStep(network, { seed: 1 }), { precision })
  const levels = pyramidLevels()
  const assemble = batchAssembler(
    { height: size, width: size, classes: 3, levels },
    { seed: 1, augment: augmentation(1) },
  )
  return {
    step: run.aside,
    state: detectorState(network.init(rng('weights'), [size, size, 1])),
    knobs: (step) => adamKnobs(step + 1, 1e-4),
    batches: async (step) => {
      const films = Array.from({ length: batch }, (_, i) => ({
        id: `film ${step} ${i}`,
        pixels: rng(`film ${step} ${i}`).uniforms(size * size),
        boxes: i % 2 === 0 ? [[20 + (step % 40), 30, 60 + (step % 40), 80] as const] : [],
        class: i % 3,
      }))
      const arrays = assemble(films, step)
      const anchors = arrays.labels.length / batch
      const tensors: Partial<DetectorBatch> = {
        films: tf.tensor4d(arrays.films, [batch, size, size, 1]),
        labels: tf.tensor2d(arrays.labels, [batch, anchors]),
        deltas: tf.tensor3d(arrays.deltas, [batch, anchors, 4]),
        classes: tf.tensor2d(arrays.classes, [batch, 3]),
      }
      return { tensors }
    },
  }
}

/** The slope of y against x by least squares, and its standard error, as if what is beside the line were independent. */
const leastSquares = (points: ReadonlyArray<readonly [x: number, y: number]>) => {
  const mean = (of: (p: readonly [number, number]) => number) => points.reduce((s, p) => s + of(p), 0) / points.length
  const [x, y] = [mean(([v]) => v), mean(([, v]) => v)]
  const spread = mean(([a]) => (a - x) ** 2)
  const slope = mean(([a, b]) => (a - x) * (b - y)) / spread
  const rest = mean(([a, b]) => (b - y - slope * (a - x)) ** 2)
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spread) }
}

/** Over all pairs of points: Theil and Sen's estimate. */
const medianSlope = (points: ReadonlyArray<readonly [x: number, y: number]>): number => {
  const slopes = points
    .flatMap(([x, y], i) => points.slice(i + 1).map(([later, z]) => (z - y) / (later - x)))
    .toSorted((a, b) => a - b)
  return (slopes[Math.floor((slopes.length - 1) / 2)]! + slopes[Math.ceil((slopes.length - 1) / 2)]!) / 2
}

/** Saves that are under way: a copy of the state lives until it is written, which is no growth, and is told apart. */
let saving = 0
const watched = (to: Checkpoints): Checkpoints => ({
  ...to,
  save: async (checkpoint) => {
    saving += 1
    await to.save(checkpoint).finally(() => (saving -= 1))
  },
})

const folder = await mkdtemp(join(tmpdir(), 'radiograft-memory-'))
type Points = Array<readonly [step: number, kilobytes: number]>
/** As the process stands, and right after malloc has given back what it keeps free, as it does after each checkpoint. */
const sizes: { readonly standing: Points; readonly given: Points } = { standing: [], given: [] }
const whileSaving: number[] = []
const held: number[] = []
const training = what === 'gan' ? gan() : det()
console.log(`${what}: ${steps} steps, ${values.threads} threads, ${precision}, Node ${process.version}`)
try {
  let done = 0
  const { state } = await fit({
    ...training,
    steps,
    // more often than stages do, and before the first point that counts: what holds a copy of the state is then there
    checkpoints: { to: watched(folderCheckpoints(folder)), everySeconds: 10 },
    onProgress: () => {},
    step: async (state, batch, knobs) => {
      const result = await training.step(state, batch, knobs)
      done += 1
      // the new state stands beside the old one here, and the next batch is there: each time but the last alike
      if (done === FROM || done === steps - 1) held.push(tf.memory().numTensors)
      if (done % EVERY === 0) {
        // what JavaScript has not collected yet is no leak; arrays that it has are given back in tasks of their own
        globalThis.gc?.()
        await sleep(20)
        const resident = (): number => process.memoryUsage().rss / 1024
        const standing = resident()
        giveMemoryBack()
        const given = resident()
        if (saving > 0) whileSaving.push(standing)
        else if (done >= FROM) {
          sizes.standing.push([done, standing])
          sizes.given.push([done, given])
        }
        if (done % PRINTED === 0) {
          const [stands, held] = [standing, given].map((size) => (size / 1024).toFixed(1))
          console.log(`step ${done}: ${stands} MB, ${held} held, ${tf.memory().numTensors} tensors`)
        }
      }
      return result
    },
  })
  tf.dispose(state)
} finally {
  await rm(folder, { recursive: true, force: true })
}
const slopeOf = (points: Points): string => {
  const { slope, error } = leastSquares(points)
  return `${slope.toFixed(2)} ± ${error.toFixed(2)} KB a step by least squares, ${medianSlope(points).toFixed(2)} by the median of pairs`
}
const [first, last] = held
console.log(`from step ${FROM}, as the process stands: ${slopeOf(sizes.standing)}`)
console.log(`from step ${FROM}, what it holds: ${slopeOf(sizes.given)}`)
console.log(
  `tensors: ${first} at step ${FROM}, ${last} near the end; ` +
    (whileSaving.length === 0
      ? 'no point fell into the writing of a checkpoint'
      : `${whileSaving.length} points while a checkpoint was written are left out, at most ${(Math.max(...whileSaving) / 1024).toFixed(1)} MB`),
)
if (!(leastSquares(sizes.given).slope < LIMIT) || first !== last) process.exitCode = 1
