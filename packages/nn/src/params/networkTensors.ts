// Parameters as plain arrays, the form of the artefact kind `network`, and back.
import { tensor } from '@tensorflow/tfjs-core'
import { NetworkError } from '../NetworkError.ts'
import type { Params } from '../Network.ts'

/** One named array of a stored network, row-major. Filters are HWIO. */
export type NetworkTensor = { readonly shape: readonly number[]; readonly data: Float32Array }

/** Reads the parameters back from the backend. A copy: later changes to the tensors do not reach it. */
export const toNetworkTensors = async (params: Params): Promise<Record<string, NetworkTensor>> => {
  const names = Object.keys(params).toSorted()
  const arrays = await Promise.all(names.map((name) => params[name]!.data()))
  return Object.fromEntries(
    names.map((name, i) => [name, { shape: [...params[name]!.shape], data: Float32Array.from(arrays[i]!) }]),
  )
}

/**
 * New tensors, owned by the caller.
 * @throws NetworkError when an array's length is not that of its shape
 */
export const fromNetworkTensors = (tensors: Readonly<Record<string, NetworkTensor>>): Params => {
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const size = shape.reduce((a, b) => a * b, 1)
    if (size !== data.length)
      throw new NetworkError(name, `shape [${shape.join(', ')}] needs ${size} numbers, not ${data.length}`)
  }
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, tensor(data, [...shape], 'float32')]),
  )
}
