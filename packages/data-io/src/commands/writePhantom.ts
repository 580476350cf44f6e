// `radiograft phantom`: phantom films as a folder. What renders and encodes them is loaded only when it is called.
import type { WrittenFolder } from '../phantom/write/writeFilms.ts'
import type { WritePhantomOptions } from '../phantom/write/writePhantomFolder.ts'

export type { WritePhantomOptions, WrittenFolder }

/**
 * @throws PhantomFolderError before anything is written: a folder that is not empty, an option that cannot be
 * @throws the signal's reason once it is aborted; what was written stays under `.unfinished`
 */
export const writePhantom = async (options: WritePhantomOptions): Promise<WrittenFolder> =>
  (await import('../phantom/write/writePhantomFolder.ts')).writePhantomFolder(options)
