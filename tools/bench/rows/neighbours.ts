// Our side of the rows of nearest neighbours: exact, of every query among the pool, as `nearest-normal` asks it.
import { nearestThumbnails } from '@radiograft/blend'
import { serve } from '../side.ts'
import { readFloat32 } from './rawFile.ts'

await serve<{ k: number }>(({ scratch, k }) => {
  const thumbnailsOf = (name: string) => {
    const values = readFloat32(scratch, name)
    return { values, count: values.length / 32 ** 2, size: 32 }
  }
  const [queries, pool] = [thumbnailsOf('queries.f32'), thumbnailsOf('pool.f32')]
  return {
    count: queries.count,
    unit: () => {
      const { indices, distances } = nearestThumbnails(queries, pool, { k })
      const mean = (values: Int32Array | Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length
      return { distance: mean(distances), index: mean(indices) }
    },
  }
})
