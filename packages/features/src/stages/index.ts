// Stages of @radiograft/features: definitions only, no tensors.
export { extractFeatures } from './extractFeatures.ts'
export { readExtractor } from './readExtractor.ts'
