/**
 * @radiograft/classifiers: a small classifier of grey films. Trained on classes or on findings; its predictions, its features as an
 * extractor, its scores as functions with a gradient by the film.
 *
 * ```ts
 * import { classifierNetwork, filmClassifier, probabilities } from '@radiograft/classifiers'
 *
 * const config = { architecture: 'small-cnn', task: 'classes', size: 64, classes: ['Normal', 'Opacity'], width: 16, dropout: 0 } as const
 * const params = classifierNetwork(config).init(rng('weights'), [64, 64, 1])
 * const films = { pixels, count: 2, height: 128, width: 128 } // in [0, 1]
 * const { logits, features } = await filmClassifier(config).classify(params, films) // [2 · 2] and [2 · 256]
 * probabilities('classes', logits.subarray(0, 2)) // of the first film: they sum to 1
 * ```
 */

// the network
export { smallCnn, smallCnnDepth } from './networks/smallCnn.ts'
export type { SmallCnn, SmallCnnOptions, SmallCnnOutput } from './networks/smallCnn.ts'
export { classifierConfig, classifierNetwork } from './classifierConfig.ts'
export type { ClassifierConfig, ClassifierTask } from './classifierConfig.ts'

// losses and the training step
export { sigmoidCrossEntropy } from './losses/sigmoidCrossEntropy.ts'
export { softmaxCrossEntropy } from './losses/softmaxCrossEntropy.ts'
export { classifierKnobs, classifierLoss, classifierParams, classifierState, classifierStep } from './classifierStep.ts'
export type { ClassifierBatch, ClassifierLog, ClassifierState, ClassifierStepOptions } from './classifierStep.ts'
export { augmentation, augmentFilm } from './augmentFilm.ts'
export type { AugmentOptions } from './augmentFilm.ts'

// a classifier at work
export { filmClassifier } from './filmClassifier.ts'
export type { ClassifiedFilms, FilmBatch, FilmClassifier, FilmClassifierOptions } from './filmClassifier.ts'
export { probabilities } from './probabilities.ts'
export { classifierFeatures } from './classifierFeatures.ts'
export type { ClassifierFeatures } from './classifierFeatures.ts'
export { classifierScores } from './classifierScores.ts'
export type { ClassifierScores } from './classifierScores.ts'

// how good it is
export { auc } from './auc.ts'
export { validationScores } from './validationScores.ts'
export type { Answers } from './validationScores.ts'

// errors
export { ClassifierError } from './ClassifierError.ts'
