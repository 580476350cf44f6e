// Stages of @radiograft/features: definitions only, no tensors.
export { extractFeatures } from './extractFeatures.ts'
export { measureLadder } from './measureLadder.ts'
export { readExtractor } from './readExtractor.ts'
