// Stages of @radiograft/blend.
export { graft } from './graft.ts'
export { graftLesion } from './graftLesion.ts'
export { nearestAbnormal } from './nearestAbnormal.ts'
export { nearestNormal } from './nearestNormal.ts'
export { repeatPositives } from './repeatPositives.ts'
export { syntheticTables } from './syntheticTables.ts'
