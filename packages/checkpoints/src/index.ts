/** @radiograft/checkpoints: what a long computation keeps so that it can go on where it was stopped. */
export type { Checkpoint, Checkpoints, CheckpointTensor, Json } from './Checkpoints.ts'
