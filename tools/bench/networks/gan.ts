// Our side of the GAN rows: the step of both GANs of GRANet, CycleGAN's generator and PatchGAN, one forward pass of G and
// simultaneous updates. Eager it is the row's second peer.
import {
  cycleGanGenerator,
  pairedTranslationKnobs,
  pairedTranslationState,
  pairedTranslationStep,
  patchGan,
} from '@radiograft/gan-models'
import { parameterCount, scope } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import { serve } from '../side.ts'
import { formulaState } from './formulaState.ts'
import { repeatedStep } from './repeatedStep.ts'
import { runtimeVersions } from './runtimeVersions.ts'

/** Films are square. */
type GanSettings = {
  readonly size: number
  readonly batch: number
  readonly filters: number
  readonly blocks: number
  readonly precision: 'fp32' | 'bf16'
  readonly eager?: boolean
}

await serve<GanSettings>(async ({ size, batch, filters, blocks, precision, eager = false, threads }) => {
  // eager is what a user of tfjs-node has: no graph, and TensorFlow's kernels alone
  if (eager) process.env['RADIOGRAFT_FUSED'] = '0'
  await loadRuntime({ threads })
  const networks = { generator: cycleGanGenerator({ filters, blocks }), discriminator: patchGan({ filters }) }
  const options = { ...networks, ganLoss: 'least-squares', l1Weight: 10, identityWeight: 0 } as const
  const state = formulaState(pairedTranslationState(networks, rng('weights'), [size, size, 1]))
  const film = (name: string) => formula(`step.${name}`, [batch, size, size, 1], 0.9)
  return {
    same: {
      generator: parameterCount(scope(state, 'generator')),
      discriminator: parameterCount(scope(state, 'discriminator')),
    },
    versions: runtimeVersions(),
    unit: repeatedStep(
      compileStep(pairedTranslationStep(options), eager ? { eager } : { precision }),
      state,
      { input: film('input'), target: film('target'), real: film('real') },
      (step) => pairedTranslationKnobs(step, 2e-4),
    ),
  }
})
