// Which convolutions go through Winograd's minimal filtering (`node/kernels/winograd`), and the kernel calls. What it saves
// against oneDNN's direct convolutions, and the bounds below, are measured by tools/bench/ops.ts. Used by `convolve`.
import type { Tensor } from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import type { NodeBackend } from '../compile/nodeBinding.ts'
import type { Geometry } from './convolve.ts'
import { fusedBackend, narrowFlag } from './portable.ts'

/** Channels are handled in panels of 16: with fewer the products are mostly of zeros. */
const FEWEST_CHANNELS = 16

/** With fewer, transforming the filter costs more than the tiles save. 8 × 4² make 32. */
const FEWEST_TILES = 24
/** By the filter. */
const FEWEST_TILES_BY_FILTER = 32

/**
 * What `call` gives when this is a convolution for the kernels here, else `undefined`.
 * @param films the shape of x [B, H, W, C]; @param filter [3, 3, C, O]
 * @param call is given the zeros on each side
 */
const where = (
  films: ReadonlyArray<number>,
  filter: ReadonlyArray<number>,
  { stride, groups, pads }: Geometry,
  fewestTiles: number,
  call: (on: NodeBackend, pad: number) => Tensor,
): Tensor | undefined => {
  const [batch = 0, height = 0, width = 0, channels = 0] = films
  const { top, bottom, left, right } = pads
  if (filter[0] !== 3 || filter[1] !== 3 || stride !== 1 || groups !== 1) return undefined
  if (top > 2 || top !== bottom || top !== left || top !== right) return undefined
  const on = fusedBackend('winograd')
  if (Math.min(channels, filter[3] ?? 0) < FEWEST_CHANNELS || !on) return undefined
  // tiles of 2×2 outputs
  const along = (size: number): number => Math.ceil((size + 2 * top - 2) / 2)
  return batch * along(height) * along(width) >= fewestTiles ? call(on, top) : undefined
}

/** y, or nothing where another kernel is faster. */
export const winogradForward = (x: Tensor, filter: Tensor, geometry: Geometry): Tensor | undefined =>
  where(x.shape, filter.shape, geometry, FEWEST_TILES, (on, pad) =>
    executeKernel1(on, 'RadiograftWinograd', { pad, turned: 0, narrow: narrowFlag() }, [x, filter]),
  )

/** dx [`films`] of dy: the convolution of dy with the turned filter, padded so that the size comes out. */
export const winogradToFilms = (
  dy: Tensor,
  filter: Tensor,
  films: ReadonlyArray<number>,
  geometry: Geometry,
): Tensor | undefined =>
  where(films, filter.shape, geometry, FEWEST_TILES, (on, pad) =>
    executeKernel1(on, 'RadiograftWinograd', { pad: 2 - pad, turned: 1, narrow: narrowFlag() }, [dy, filter]),
  )

/** dfilter [`filter`] of x and dy. */
export const winogradToFilter = (
  x: Tensor,
  dy: Tensor,
  filter: ReadonlyArray<number>,
  geometry: Geometry,
): Tensor | undefined =>
  where(x.shape, filter, geometry, FEWEST_TILES_BY_FILTER, (on, pad) =>
    executeKernel1(on, 'RadiograftWinogradFilterGradient', { pad, narrow: narrowFlag() }, [x, dy]),
  )
