// Stages of @radiograft/blend.
export { graft } from './graft.ts'
export { nearestNormal } from './nearestNormal.ts'
