// Names and shapes of a network's parameters without drawing their first values: eleven million normals take seconds. Used as
// the template of an import.
import { tidy } from '@tensorflow/tfjs-core'
import { rng } from '@radiograft/random'
import type { Rng } from '@radiograft/random'
import type { Network } from '../Network.ts'

const zeros = (n: number): Float32Array => new Float32Array(n)
const still: Rng = { ...rng(0), fork: () => still, uniforms: zeros, normals: zeros }

/**
 * Needs a backend, as `init` does; keeps no tensor.
 * @param inputShape of one example, without the batch axis
 */
export const parameterShapes = (
  network: Pick<Network<unknown>, 'init'>,
  inputShape: readonly number[],
): Record<string, { readonly shape: readonly number[] }> => {
  const shapes: Record<string, { readonly shape: readonly number[] }> = {}
  tidy(() => {
    for (const [name, { shape }] of Object.entries(network.init(still, inputShape)))
      shapes[name] = { shape: [...shape] }
  })
  return shapes
}
