// Whether the tensor runtime has kernels of its own, for `radiograft doctor`; what to do where they could not be built.
import type { Kernels } from '@radiograft/tensor/node'
import type { Finding } from './Finding.ts'

export const kernelFinding = ({ fused, problem, keptIn }: Kernels): Finding => {
  const what = ''
  if (fused) return { what, ok: 'note', says: 'its own kernels for training steps are there' }
  // what a compiler said once is kept: another compiler, or one with more memory, is not asked by itself
  const remedy = keptIn === undefined ? '' : `. To try again delete ${keptIn}: the next run builds it anew`
  return { what, ok: 'warning', says: `without its own kernels, training steps are slower: ${problem}${remedy}` }
}
