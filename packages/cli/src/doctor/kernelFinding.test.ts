import { expect, it } from '@jest/globals'
import type { Kernels } from '@radiograft/tensor/node'
import { kernelFinding } from './kernelFinding.ts'

const none: Kernels = {
  fused: false,
  filterGradient: false,
  winograd: false,
  narrowConvolve: false,
  narrowFilterGradient: false,
  narrowWinograd: false,
}

it('kernels are there, or not; a failed build names the folder that is to be deleted', () => {
  expect(kernelFinding({ ...none, fused: true }).ok).toBe('note')
  expect(kernelFinding({ ...none, problem: 'RADIOGRAFT_FUSED is 0' })).toEqual({
    what: '',
    ok: 'warning',
    says: 'without its own kernels, training steps are slower: RADIOGRAFT_FUSED is 0',
  })
  const problem = 'c++ could not build the kernels: x.cc: error: no such unit'
  expect(kernelFinding({ ...none, problem, keptIn: '/cache/addon-1' }).says).toBe(
    `without its own kernels, training steps are slower: ${problem}. To try again delete /cache/addon-1: the next run builds it anew`,
  )
})
