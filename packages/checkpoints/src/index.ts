/**
 * @radiograft/checkpoints: what a long computation keeps so that it can go on where it was stopped.
 *
 * ```ts
 * const checkpoints = folderCheckpoints('checkpoints/fit')
 * const found = await checkpoints.latest() // undefined at first
 * await checkpoints.save({ step: 1, tensors: { w: { dtype: 'float32', shape: [2], values } }, state: { rate: 0.1 } })
 * await checkpoints.clear() // when all is done
 * ```
 */
export type { Checkpoint, Checkpoints, CheckpointTensor, Json } from './Checkpoints.ts'
export { folderCheckpoints } from './folderCheckpoints.ts'
export type { FolderCheckpoints, FolderOptions } from './folderCheckpoints.ts'
export { statesIn } from './statesIn.ts'
export type { CheckpointState } from './statesIn.ts'
export { CheckpointFolderError, CheckpointValueError } from './errors.ts'
