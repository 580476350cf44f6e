// @radiograft/tensor/node: the TensorFlow runtime of tfjs on Node.
export { provision, tfjsNodeFolder } from './provision.ts'
export type { ProvisionedRuntime, ProvisionOptions } from './provision.ts'
export { ProvisionError } from './ProvisionError.ts'
export type { MissingPart } from './ProvisionError.ts'
export { loadRuntime } from './loadRuntime.ts'
export type { RuntimeOptions, Tfjs } from './loadRuntime.ts'
