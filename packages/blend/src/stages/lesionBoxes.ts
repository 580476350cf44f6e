// The boxes of each film as a graft can use them: clipped to the film, and without those that cover no pixel. Which films
// may lend, what is copied and what is written as truth all follow this one reading.
import { clipBox, type Box } from '@radiograft/geometry'
import type { BoxRow } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { boxPixels } from '../poisson/boxPixels.ts'

export interface LesionBox {
  readonly box: Box
  /** the finding */
  readonly label: string
}

export const lesionBoxes = (
  rows: ReadonlyArray<BoxRow>,
  { height, width }: { readonly height: number; readonly width: number },
): ReadonlyMap<string, ReadonlyArray<LesionBox>> => {
  const byFilm = new Map<string, LesionBox[]>()
  for (const { film, x0, y0, x1, y1, label } of rows) {
    const box = clipBox([x0, y0, x1, y1], width, height)
    if (!boxPixels(box, height, width)) continue
    const own = byFilm.get(film)
    if (own) own.push({ box, label })
    else byFilm.set(film, [{ box, label }])
  }
  return byFilm
}

/** @throws BlendError when the donor has no box */
export const lesionOf = (
  lesions: ReadonlyMap<string, ReadonlyArray<LesionBox>>,
  donor: string,
): ReadonlyArray<LesionBox> => {
  const own = lesions.get(donor)
  if (!own) throw new BlendError('boxes', `donor ${donor} has none on its film: wire the boxes of these films`)
  return own
}
