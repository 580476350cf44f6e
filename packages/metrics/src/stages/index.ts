// Stages of @radiograft/metrics.
export { compareArms } from './compareArms.ts'
export { compareCoco } from './compareCoco.ts'
export { evaluateDetections } from './evaluateDetections.ts'
export { measurePseudoNormal } from './measurePseudoNormal.ts'
