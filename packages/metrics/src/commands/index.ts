// What the command line calls of this package: two runs compared film by film.
export { armsOf } from './armsOf.ts'
export type { ArmOfNode, ScoringNode } from './armsOf.ts'
export { compareRuns } from './compareRuns.ts'
export type { NotPaired, PairedMetric, RunComparison, ScoredArm, ScoredPart } from './compareRuns.ts'
export { directionOf } from './directionOf.ts'
