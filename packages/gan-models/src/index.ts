/**
 * @radiograft/gan-models: networks x losses x models. CycleGAN's generator and the 70×70 PatchGAN as pure functions,
 * adversarial losses, and the training step that the radio-realistic and the abnormal-to-normal GAN share; a progressively
 * growing GAN and a DCGAN that make films of nothing, and augmentation for few films.
 *
 * ```ts
 * import { cycleGanGenerator, pairedTranslationKnobs, pairedTranslationState, pairedTranslationStep, patchGan } from '@radiograft/gan-models'
 *
 * const networks = { generator: cycleGanGenerator({ filters: 32, blocks: 6, skip: true }), discriminator: patchGan() }
 * const step = compileStep(pairedTranslationStep({ ...networks, ganLoss: 'printed', l1Weight: 1, identityWeight: 0 }))
 * const state = pairedTranslationState(networks, rng('weights'), [64, 64, 1])
 * const { state: next, logs } = step(state, { input, target, real }, pairedTranslationKnobs(1, 2e-4))
 * ```
 */

// networks (G11, G12)
export { cycleGanGenerator } from './networks/cycleGanGenerator.ts'
export type { GeneratorOptions } from './networks/cycleGanGenerator.ts'
export { patchGan } from './networks/patchGan.ts'
export type { DiscriminatorOptions } from './networks/patchGan.ts'

// losses (G33)
export { discriminatorLoss, generatorLoss } from './losses/adversarial.ts'
export type { GanLoss } from './losses/adversarial.ts'
export { l1 } from './losses/l1.ts'

export { criticLoss, foolingLoss } from './losses/criticLoss.ts'
export type { Adversary, CriticLoss, Judged } from './losses/criticLoss.ts'
export { gradientPenalty, r1Penalty } from './losses/gradientPenalty.ts'
export type { Critic } from './losses/gradientPenalty.ts'

// models (G9, G10)
export {
  discriminatorOf,
  generatorOf,
  judgementLoss,
  pairedTranslationKnobs,
  pairedTranslationState,
  pairedTranslationStep,
  translationLoss,
} from './models/pairedTranslation.ts'
export { pairedBatch } from './models/pairedBatch.ts'
export type { PairedBatch, PairedKnobs, PairedLogs, PairedTranslationOptions } from './models/pairedTranslation.ts'

// progressive growing (P6, P8)
export { progressiveGenerator } from './progressive/progressiveGenerator.ts'
export type { ProgressiveGenerator, ProgressiveGeneratorOptions } from './progressive/progressiveGenerator.ts'
export { progressiveCritic } from './progressive/progressiveCritic.ts'
export type { ProgressiveCriticOptions } from './progressive/progressiveCritic.ts'
export { progressiveChannels } from './progressive/progressiveChannels.ts'
export type { Growth, ProgressiveContext, ProgressiveNetwork } from './progressive/ProgressiveNetwork.ts'
export { fadeReals } from './progressive/fade.ts'
export { fadeWeight, growthAt, growthSchedule, growthSteps, phaseSteps } from './progressive/growthSchedule.ts'
export type { GrowthOptions, GrowthPlace, GrowthSchedule, Phase } from './progressive/growthSchedule.ts'
export { growthPresets } from './progressive/growthPresets.ts'
export { earlyMark, phaseEnds } from './progressive/growthMarks.ts'
export type { EarlyMark, PhaseEnd } from './progressive/growthMarks.ts'
export { progressiveCheck } from './progressive/progressiveCheck.ts'
export type { CheckInputs, CheckValues } from './progressive/progressiveCheck.ts'
export { averageOf, grownState, progressiveState } from './progressive/progressiveState.ts'
export type { ProgressiveNetworks } from './progressive/progressiveState.ts'
export { progressiveKnobs, progressiveStep, progressiveUpdate } from './progressive/progressiveStep.ts'
export type {
  ProgressiveBatch,
  ProgressiveDraws,
  ProgressiveKnobs,
  ProgressiveLogs,
  ProgressiveOptions,
} from './progressive/progressiveStep.ts'

// DCGAN (D2, and the baseline of P)
export { dcganGenerator } from './dcgan/dcganGenerator.ts'
export type { DcganGenerator, DcganGeneratorOptions, DcganOptions } from './dcgan/dcganGenerator.ts'
export { dcganDiscriminator } from './dcgan/dcganDiscriminator.ts'
export { dcganMaps } from './dcgan/dcganMaps.ts'
export type { DcganMap } from './dcgan/dcganMaps.ts'
export { dcganGeneratorOf, dcganState } from './dcgan/dcganState.ts'
export type { DcganNetworks } from './dcgan/dcganState.ts'
export { dcganKnobs, dcganStep } from './dcgan/dcganStep.ts'
export type { DcganBatch, DcganKnobs, DcganLogs, DcganStepOptions } from './dcgan/dcganStep.ts'

// differentiable augmentation for few films
export { filmAugmentation } from './augment/filmAugmentation.ts'
export type { Augment, AugmentationOptions } from './augment/filmAugmentation.ts'
export { augmentState } from './augment/augmentControl.ts'
export type { AugmentControl, AugmentLogs } from './augment/augmentControl.ts'

// a stored generator at work
export { filmTranslator } from './filmTranslator.ts'
export type { FilmTranslator, SizedFilm, Translation, TranslatorOptions } from './filmTranslator.ts'
export { exportGenerator } from './exportGenerator.ts'
export type { ExportGeneratorOptions } from './exportGenerator.ts'
export { generatorConfig, makeGeneratorConfig } from './generatorConfig.ts'
export type { GeneratorConfig } from './generatorConfig.ts'
export { discriminatorConfig, makeDiscriminatorConfig } from './discriminatorConfig.ts'
export type { DiscriminatorConfig } from './discriminatorConfig.ts'

export { filmSampler } from './filmSampler.ts'
export type { FilmSampler, SamplerOptions } from './filmSampler.ts'
export { exportLatentGenerator } from './exportLatentGenerator.ts'
export type { ExportLatentGeneratorOptions } from './exportLatentGenerator.ts'
export { latentGenerator } from './latentGenerator.ts'
export type {
  DcganGeneratorConfig,
  LatentGenerator,
  LatentGeneratorConfig,
  LatentPrior,
  ProgressiveGeneratorConfig,
} from './latentGenerator.ts'

// latent class optimisation (P5)
export { optimiseLatent } from './latent/optimiseLatent.ts'
export type { LatentOptions, LatentPath, LatentPoint } from './latent/optimiseLatent.ts'
export { bestOfRandom } from './latent/bestOfRandom.ts'
export type { BestOfRandom } from './latent/bestOfRandom.ts'
export { guardRails } from './latent/guardRails.ts'
export type { GuardRails, Judge, Rise } from './latent/guardRails.ts'
export { filmStrip } from './latent/filmStrip.ts'
export { onSphere } from './latent/onSphere.ts'
export { drawLatent } from './latent/drawLatent.ts'
export { drawLatents } from './latent/drawLatents.ts'
export type { DrawOptions } from './latent/drawLatents.ts'
export { interpolateLatents } from './latent/interpolateLatents.ts'
export { latentWay } from './latent/latentWay.ts'
export { paramsDigest } from './latent/paramsDigest.ts'
export { frozenGenerator } from './latent/FrozenGenerator.ts'
export type { ClassScore, FrozenGenerator } from './latent/FrozenGenerator.ts'

// errors
export { GanModelsError } from './GanModelsError.ts'
