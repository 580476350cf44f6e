/** The copy step of G8: the donor's pixels inside every box, the recipient's elsewhere. Leaves a seam on purpose. */
import { boxMask, type Box } from '@radiograft/geometry'
import { assertPixels } from '../BlendError.ts'
import type { FilmPixels } from '../poisson/correction.ts'

/**
 * @param recipient [height, width], row-major, values in [0, 1]; not changed
 * @param donor film of the same size, already aligned
 * @param where boxes in pixels (a pixel belongs to a box when its centre does), or a mask of height × width, non-zero
 * inside
 * @returns a new film of the recipient's type; outside `where` bit-identical to it
 * @throws BlendError when sizes differ
 */
export const paste = <T extends FilmPixels>(
  recipient: T,
  donor: FilmPixels,
  where: readonly Box[] | Uint8Array,
  height: number,
  width: number,
): T => {
  assertPixels('recipient', recipient, height, width)
  assertPixels('donor', donor, height, width)
  const mask = where instanceof Uint8Array ? where : boxMask(where, height, width)
  assertPixels('where', mask, height, width)
  const pasted = recipient.slice() as T
  for (let i = 0; i < mask.length; i++) if (mask[i]) pasted[i] = donor[i]!
  return pasted
}
