// The versions of our side that the table names.
import { runtimeInfo } from '@radiograft/tensor/node'
import { version_core as tfjs } from '@tensorflow/tfjs-core'

export const runtimeVersions = (): Readonly<Record<string, string>> => ({
  TensorFlow: runtimeInfo().runtime?.tensorflow ?? 'unknown',
  tfjs,
})
