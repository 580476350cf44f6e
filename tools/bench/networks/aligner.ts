// Our side of the aligner's rows: the step of the spatial transformer.
import { alignerState, alignerStep, spatialTransformer } from '@radiograft/align'
import { adamKnobs, parameterCount, scope } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { boxUpsample, compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import { serve } from '../side.ts'
import { formulaState } from './formulaState.ts'
import { repeatedStep } from './repeatedStep.ts'
import { runtimeVersions } from './runtimeVersions.ts'

await serve<{ readonly size: number; readonly batch: number }>(async ({ size, batch, threads }) => {
  await loadRuntime({ threads })
  const network = spatialTransformer({ size })
  const state = formulaState(alignerState(network, rng('weights'), size))
  // 16 x 16 numbers a film, enlarged: on noise a point that rounds into the next cell is another film
  const films = (name: string, n: number) => boxUpsample(formula(name, [n, 16, 16, 1]), size / 16)
  return {
    same: { parameters: parameterCount(scope(state, 'aligner')) },
    versions: runtimeVersions(),
    unit: repeatedStep(
      compileStep(alignerStep(network)),
      state,
      { moving: films('moving', batch), reference: films('reference', 1) },
      (step) => adamKnobs(step, 1e-4),
    ),
  }
})
