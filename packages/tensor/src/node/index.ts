// @radiograft/tensor/node: the TensorFlow runtime of tfjs on Node.
export { provision, tfjsNodeFolder } from './provision.ts'
export type { ProvisionedRuntime, ProvisionOptions } from './provision.ts'
export { ProvisionError } from './ProvisionError.ts'
export type { MissingPart } from './ProvisionError.ts'
export { loadRuntime } from './loadRuntime.ts'
export type { RuntimeOptions, Tfjs } from './loadRuntime.ts'
export type { Kernels } from './kernelAddon.ts'
export { runtimeInfo } from './runtimeInfo.ts'
export type { RuntimeInfo } from './runtimeInfo.ts'
export type { RuntimeStamp } from './runtimeStamp.ts'

// Which kernels
export { measureKernels } from './measureKernels.ts'
export type { MeasureKernelsOptions } from './measureKernels.ts'
export type { KernelChoice } from './kernelChoice.ts'

// Precision
export { knownPrecision, measurePrecision, PrecisionError } from './measurePrecision.ts'
export type { MeasuredPrecision, PrecisionOptions } from './measurePrecision.ts'

// What steps cost
export { PROFILE_VARIABLE } from '../profile/Recording.ts'
export type { Recording, RecordingRequest } from '../profile/Recording.ts'
export { parseOneDnn } from '../profile/oneDnn.ts'
export { summariseRecording } from '../profile/summariseRecording.ts'
export type { CostRow, OpRow, PrimitiveRow, ProfileSummary } from '../profile/summariseRecording.ts'
