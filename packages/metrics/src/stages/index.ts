// Stages of @radiograft/metrics.
export { compareArms } from './compareArms.ts'
export { evaluateDetections } from './evaluateDetections.ts'
export { measurePseudoNormal } from './measurePseudoNormal.ts'
