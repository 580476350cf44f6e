// Stages of @radiograft/classifiers: definitions only, no tensors.
export { classify } from './classify.ts'
export { fitClassifier } from './fitClassifier.ts'
