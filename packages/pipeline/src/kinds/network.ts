// Network: a flat record of named tensors and the configuration that rebuilds the function they belong to. On disk a
// safetensors blob with torch names; convolution filters are HWIO.
import { valueKind } from '../Kind.ts'

export interface NetworkTensor {
  readonly shape: ReadonlyArray<number>
  readonly data: Float32Array
}
export interface Network {
  /** plain JSON: architecture name and its options */
  readonly config: Readonly<Record<string, unknown>>
  readonly tensors: Readonly<Record<string, NetworkTensor>>
}

export const Network = valueKind<Network>()('network', { layout: 'network' })
