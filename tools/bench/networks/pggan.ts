// Our side of the rows of the progressive GAN: one step of critic, average and generator, WGAN-GP with its second derivatives, at one
// stable resolution. Latents and mixing weights are given, so that both sides compute the same.
import {
  progressiveChannels,
  progressiveCritic,
  progressiveGenerator,
  progressiveKnobs,
  progressiveState,
  progressiveUpdate,
  type ProgressiveBatch,
  type ProgressiveDraws,
  type ProgressiveKnobs,
  type ProgressiveLogs,
} from '@radiograft/gan-models'
import { parameterCount, scope, type Params } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { compileStep, type Step } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { serve } from '../side.ts'
import { formulaState } from './formulaState.ts'
import { repeatedStep } from './repeatedStep.ts'
import { runtimeVersions } from './runtimeVersions.ts'

type PgganSettings = {
  /** side of the films, the resolution that is trained */
  readonly size: number
  readonly batch: number
  readonly latent: number
  /** cap of feature maps */
  readonly largest: number
}

await serve<PgganSettings>(async ({ size, batch, latent, largest, threads }) => {
  await loadRuntime({ threads })
  const channels = progressiveChannels(largest)
  const networks = {
    generator: progressiveGenerator({ resolution: size, latent, channels }),
    critic: progressiveCritic({ resolution: size, channels }),
  }
  const { step: count, ...state } = formulaState(progressiveState(networks, rng('weights')))
  count!.dispose()
  const step: Step<
    Params,
    ProgressiveBatch & Omit<ProgressiveDraws, 'augmentSeed'>,
    ProgressiveKnobs,
    ProgressiveLogs
  > = (now, { real, ...draws }, knobs) =>
    progressiveUpdate({ ...networks, adversary: { kind: 'wgan-gp' } }, now, { real }, draws, knobs)
  const latents = (name: string) => formula(`step.${name}`, [batch, latent])
  return {
    same: {
      generator: parameterCount(scope(state, 'generator')),
      critic: parameterCount(scope(state, 'critic')),
    },
    versions: runtimeVersions(),
    unit: repeatedStep(
      compileStep(step),
      state,
      {
        real: formula('step.real', [batch, size, size, 1], 0.9),
        forCritic: latents('forCritic'),
        forGenerator: latents('forGenerator'),
        mix: tf.tidy(() => tf.div(tf.add(formula('step.mix', [batch, 1, 1, 1]), 1), 2)),
      },
      (step) => progressiveKnobs({ alpha: 1, adamStep: step }),
    ),
  }
})
