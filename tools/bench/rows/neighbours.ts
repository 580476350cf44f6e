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
      const mean = (values: ArrayLike<number>): number => {
        let sum = 0
        for (let i = 0; i < values.length; i++) sum += values[i]!
        return sum / values.length
      }
      return { distance: mean(distances), index: mean(indices) }
    },
  }
})
