// The problems of a folder as lines, for tests that assert them. Used by tests of this package.
import { checkFolder } from '../folder/checkFolder.ts'
import type { FolderOptions, Layout } from '../folder/FilmFolder.ts'
import { FolderError } from '../folder/FolderError.ts'

/** `kind: message` of each problem in its order; none where the folder can be used. */
export const problemsOf = async (
  folder: string,
  options: FolderOptions = {},
  layout?: Layout,
): Promise<ReadonlyArray<string>> => {
  try {
    await checkFolder(folder, layout, options)
    return []
  } catch (error) {
    if (error instanceof FolderError) return error.problems.map(({ kind, message }) => `${kind}: ${message}`)
    throw error
  }
}
