// Stages of @radiograft/metrics.
// detection, translation
export { compareArms } from './compareArms.ts'
export { compareCoco } from './compareCoco.ts'
export { evaluateDetections } from './evaluateDetections.ts'
export { measurePseudoNormal } from './measurePseudoNormal.ts'
// generated films
export { measureDistribution } from './measureDistribution.ts'
export { measureVariety } from './measureVariety.ts'
export { measureShares } from './measureShares.ts'
export { measureMemorisation } from './measureMemorisation.ts'
export { blockCopies } from './blockCopies.ts'
export { judgeTraining } from './judgeTraining.ts'
export { poolSeeds } from './poolSeeds.ts'
// controls of these: sets whose truth is known
export { mixClasses } from './mixClasses.ts'
export { checkShares } from './checkShares.ts'
export { plantCopies } from './plantCopies.ts'
export { countPlanted } from './countPlanted.ts'
