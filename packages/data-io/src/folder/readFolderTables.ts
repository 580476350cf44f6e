// The tables of a folder without its films: what is said of each film, as read from the tables alone. Used by studies
// that need labels only, and where films are not at hand.
import type { FolderTables } from '../layouts/FolderLayout.ts'
import type { Layout } from './FilmFolder.ts'
import { FolderError } from './FolderError.ts'
import { openFolder } from './openFolder.ts'
import { problemList } from './report.ts'

/**
 * @param layout `classes` has no tables without films
 * @throws FolderError with all problems
 */
export const readFolderTables = async (folder: string, layout: Exclude<Layout, 'classes'>): Promise<FolderTables> => {
  const { folder: absolute, root, layout: opened } = await openFolder(folder, layout)
  const { problems, report } = problemList()
  const tables = await opened.readTables(root, report, [])
  if (problems.length > 0) throw new FolderError(absolute, layout, problems, opened.expected)
  return tables
}
