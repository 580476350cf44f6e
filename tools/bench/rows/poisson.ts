// Our side of the Poisson rows: one rectangle of a film, blended by packages/blend.
import { poissonBlendBox } from '@radiograft/blend'
import type { Box } from '@radiograft/geometry'
import { serve } from '../side.ts'
import { readFloat32 } from './rawFile.ts'

await serve<{ size: number; margin: number }>(({ scratch, size, margin }) => {
  const side = size + 2 * margin
  const [source, target] = [readFloat32(scratch, 'source.f32'), readFloat32(scratch, 'target.f32')]
  const box: Box = [margin, margin, margin + size, margin + size]
  const blend = (): Float32Array => poissonBlendBox(source, target, box, side, side)
  return {
    unit: () => {
      const blended = blend()
      const middle = side * Math.floor(side / 2) + Math.floor(side / 2)
      const corner = side * margin + margin
      return {
        middle: blended[middle]!,
        corner: blended[corner]!,
        quarter: blended[Math.floor((middle + corner) / 2)]!,
      }
    },
  }
})
