// Every step and every function that this package compiles: compiled equals eager in fp32, bf16 stays near fp32.
import { beforeAll, test } from '@jest/globals'
import { formula, formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { expectCompiledFunction, expectCompiledStep, expectNoneWithoutCase } from '@radiograft/testing/expect'
import type { FunctionCase, StepCase } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { augmentState } from './augment/augmentControl.ts'
import { filmAugmentation } from './augment/filmAugmentation.ts'
import { dcganKnobs, dcganStep, type DcganStepOptions } from './dcgan/dcganStep.ts'
import { filmSampler } from './filmSampler.ts'
import { filmTranslator } from './filmTranslator.ts'
import { makeGeneratorConfig } from './generatorConfig.ts'
import * as api from './index.ts'
import type { GanLoss } from './losses/adversarial.ts'
import type { Adversary } from './losses/criticLoss.ts'
import { pairedTranslationKnobs, pairedTranslationStep } from './models/pairedTranslation.ts'
import { cycleGanGenerator } from './networks/cycleGanGenerator.ts'
import { patchGan } from './networks/patchGan.ts'
import { networksAt } from './progressive/networksAt.ts'
import { progressiveKnobs, progressiveStep } from './progressive/progressiveStep.ts'
import { dcganFormulaState, smallDcgan } from './testing/dcganFormula.ts'
import { formulaState } from './testing/formulaState.ts'
import { progressiveFormula, progressiveFormulaState, smallNetworks } from './testing/progressiveFormula.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const SIZE = 32
const film = (name: string): tf.Tensor => tf.mul(0.9, formula(name, [2, SIZE, SIZE, 1]))

const stepCase = (
  name: string,
  ganLoss: GanLoss,
  options: { readonly skip: boolean; readonly identityWeight: number; readonly clipNorm?: number },
): StepCase => {
  const { skip, ...rest } = options
  const networks = {
    generator: cycleGanGenerator({ filters: 4, blocks: 1, skip }),
    discriminator: patchGan({ filters: 4 }),
  }
  return {
    name,
    covers: ['pairedTranslationStep', 'stages/trainTranslation.ts'],
    step: pairedTranslationStep({ ...networks, ganLoss, l1Weight: 10, ...rest }),
    state: () => formulaState(networks, SIZE),
    batch: () => ({ input: film('input'), target: film('target'), real: film('real') }),
    knobs: (step) => pairedTranslationKnobs(step, 2e-4),
  }
}
// a loss that is added without a case is a type error
const losses: Readonly<Record<GanLoss, StepCase>> = {
  printed: stepCase('printed loss, skip', 'printed', { skip: true, identityWeight: 0 }),
  'non-saturating': stepCase('non-saturating, no skip, identity term', 'non-saturating', {
    skip: false,
    identityWeight: 1,
  }),
  'least-squares': stepCase('least squares, skip, identity term, clipped', 'least-squares', {
    skip: true,
    identityWeight: 1,
    clipNorm: 0.1,
  }),
}

const grownCase = (kind: Adversary['kind'], resolution: number, fading: boolean): StepCase => {
  const networks = smallNetworks({ resolution, fading })
  return {
    name: `progressive, ${kind}, ${resolution}²${fading ? ' fading' : ''}`,
    covers: ['progressiveStep', 'stages/trainProgressive.ts'],
    step: progressiveStep({ ...networks, adversary: { kind }, seed: 3 }),
    state: () => progressiveFormulaState(networks),
    batch: () => ({ real: formula('real', [8, resolution, resolution, 1]) }),
    knobs: (step) => progressiveKnobs({ alpha: fading ? step / 4 : 1, adamStep: step }),
  }
}
const grown: Readonly<Record<Adversary['kind'], StepCase>> = {
  'wgan-gp': grownCase('wgan-gp', 8, true),
  'non-saturating-r1': grownCase('non-saturating-r1', 4, false),
  hinge: grownCase('hinge', 8, false),
}
const augmented: StepCase = (() => {
  const networks = smallNetworks({ resolution: 8, fading: true })
  const [adversary, augment] = [{ kind: 'wgan-gp' }, filmAugmentation()] as const
  return {
    ...grown['wgan-gp'],
    name: 'progressive, augmented',
    step: progressiveStep({ ...networks, adversary, augment, augmentControl: { by: 'held-out', every: 2 }, seed: 3 }),
    state: () => ({ ...progressiveFormulaState(networks), ...augmentState(0.5) }),
    batch: () => ({ real: formula('real', [8, 8, 8, 1]), held: formula('held', [8, 8, 8, 1]) }),
  }
})()

const dcganCase = (
  name: string,
  size: number,
  options: Pick<DcganStepOptions, 'ganLoss' | 'augment' | 'augmentControl'>,
): StepCase => {
  const networks = smallDcgan(size, 8)
  return {
    name: `DCGAN, ${name}`,
    covers: ['dcganStep', 'stages/trainDcgan.ts'],
    step: dcganStep({ ...networks, ...options, seed: 3 }),
    state: () => ({ ...dcganFormulaState(networks), ...(options.augment ? augmentState(0.5) : {}) }),
    batch: () => ({ real: tf.mul(0.9, formula('real', [6, size, size, 1])) }),
    knobs: (step) => dcganKnobs(step, 2e-4),
  }
}
const dcgan: Readonly<Record<DcganStepOptions['ganLoss'], StepCase>> = {
  printed: dcganCase('printed loss', 32, { ganLoss: 'printed' }),
  'non-saturating': dcganCase('non-saturating, augmented', 16, {
    ganLoss: 'non-saturating',
    augment: filmAugmentation({ flip: true }),
    augmentControl: { by: 'signs', every: 2, images: 100 },
  }),
}
const steps = [...Object.values(losses), ...Object.values(grown), augmented, ...Object.values(dcgan)]

const translation = (skip: boolean): FunctionCase => ({
  name: `filmTranslator, ${skip ? 'skip' : 'no skip'}`,
  covers: ['filmTranslator.ts'],
  answer: async (options) => {
    const config = makeGeneratorConfig(16, { filters: 4, blocks: 1, skip })
    const params = tf.tidy(() => formulaParams(cycleGanGenerator(config.network).init(rng(0), [16, 16, 1])))
    const translator = filmTranslator(config, { batch: 2, ...options })
    const pixels = rng('film').uniforms(256)
    const [made] = await translator.translate(params, [{ pixels, height: 16, width: 16 }])
    translator.dispose()
    tf.dispose(params)
    return { output: made!.output }
  },
  bf16: 0.01, // measured .006
})
const sampling: FunctionCase = {
  name: 'filmSampler, progressive',
  covers: ['filmSampler.ts'],
  answer: async (options) => {
    const config = { architecture: 'progressive-generator', size: 16, latent: 6, largest: 8 }
    const { generator } = networksAt({ ...config, group: 2 })({ resolution: 16 })
    const params = tf.tidy(() => progressiveFormula(generator, 'generator'))
    const sampler = filmSampler(config, { batch: 2, ...options })
    const [made] = await sampler.sample(params, [rng('latent').normals(6)])
    sampler.dispose()
    tf.dispose(params)
    return { films: made! }
  },
  bf16: 0.01,
}
const functions = [translation(true), translation(false), sampling]

test.each(steps)('step: $name', (one) => expectCompiledStep(one))

test.each(functions)('function: $name', (one) => expectCompiledFunction(one))

test('nothing that is compiled is left out of these cases', () =>
  expectNoneWithoutCase(
    import.meta.url,
    api,
    [...steps, ...functions],
    [
      'dcganStep',
      'filmSampler.ts',
      'filmTranslator.ts',
      'pairedTranslationStep',
      'progressiveStep',
      'stages/trainDcgan.ts',
      'stages/trainProgressive.ts',
      'stages/trainTranslation.ts',
    ],
  ))
