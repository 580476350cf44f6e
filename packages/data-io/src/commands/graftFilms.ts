// `radiograft graft`: two films in, a synthetic one out; between the two the command line has them blended. What reads and
// writes is loaded only when it is called.
import type { GraftRequest, PreparedGraft } from './graft/prepareGraft.ts'
import type { WriteGraftOptions, WrittenGraft } from './graft/writeGraft.ts'

export type { GraftRequest, PreparedGraft, WriteGraftOptions, WrittenGraft }

/** @throws GraftError, DicomError, ImageError: the one thing that is wrong, with the file's name; nothing is written */
export const prepareGraft = async (request: GraftRequest): Promise<PreparedGraft> =>
  (await import('./graft/prepareGraft.ts')).prepareGraft(request)

/** @throws GraftError where a file is in the way; all three files are written, or none */
export const writeGraft = async (
  prepared: PreparedGraft,
  pixels: ArrayLike<number>,
  options: WriteGraftOptions,
): Promise<WrittenGraft> => (await import('./graft/writeGraft.ts')).writeGraft(prepared, pixels, options)
