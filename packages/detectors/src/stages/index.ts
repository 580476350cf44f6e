// Stages of @radiograft/detectors: definitions only, no tensors.
export { boxPrior } from './boxPrior.ts'
export { brightness } from './brightness.ts'
export { detect } from './detect.ts'
export { fitDetector } from './fitDetector.ts'
