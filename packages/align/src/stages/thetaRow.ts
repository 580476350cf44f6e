// A θ as a row of kind `transforms`, and back.
import type { Theta } from '@radiograft/geometry'
import type { TransformRow } from '@radiograft/pipeline'

export const thetaRow = (film: string, [t0, t1, t2, t3, t4, t5]: Theta): TransformRow => ({
  film,
  t0,
  t1,
  t2,
  t3,
  t4,
  t5,
})
export const thetaOf = ({ t0, t1, t2, t3, t4, t5 }: TransformRow): Theta => [t0, t1, t2, t3, t4, t5]
