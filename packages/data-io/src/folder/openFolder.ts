// A folder and its layout before anything in it is read. Used by checkFolder and readFolderTables.
import { existsSync, readdirSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FolderLayout } from '../layouts/FolderLayout.ts'
import { UNFINISHED } from '../phantom/write/unfinishedFolder.ts'
import { foldersIn } from '../layouts/hasName.ts'
import { layoutOf } from '../layouts/layouts.ts'
import { describeLayouts, detectLayout } from './detectLayout.ts'
import type { Layout } from './FilmFolder.ts'
import { FolderError } from './FolderError.ts'
import type { FolderProblemKind } from './FolderError.ts'
import { problemList } from './report.ts'

export interface OpenFolder {
  /** absolute, as given */
  readonly folder: string
  /** absolute, links followed */
  readonly root: string
  readonly layout: FolderLayout
}

/** @throws FolderError no folder, or none of a known layout */
export const openFolder = async (given: string, named: Layout | undefined): Promise<OpenFolder> => {
  const folder = resolve(given)
  const refuse = (kind: FolderProblemKind, message: string): FolderError => {
    const { problems, report } = problemList()
    report(kind, message)
    const expected = named
      ? layoutOf(named).expected
      : `one of these.\n${describeLayouts()
          .map((line) => `  - ${line}\n`)
          .join('')}`
    return new FolderError(folder, named, problems, expected.trimEnd())
  }
  const there = await stat(folder).catch((cause: NodeJS.ErrnoException) => cause.code ?? cause.message)
  if (typeof there === 'string') {
    const absent = there === 'ENOENT' || there === 'ENOTDIR'
    throw refuse('missing', absent ? 'there is no such folder' : `it cannot be opened (${there})`)
  }
  if (!there.isDirectory()) throw refuse('missing', 'it is a file, not a folder')
  if (existsSync(join(folder, UNFINISHED))) {
    throw refuse(
      'missing',
      `it holds ${UNFINISHED}: its writing is not done, or was interrupted; write it anew elsewhere`,
    )
  }
  const layout = named ?? detectLayout(folder)
  if (layout === undefined) throw refuse('layout', `no known layout: ${contents(folder)}`)
  return { folder, root: await realpath(folder), layout: layoutOf(layout) }
}

const SHOWN = 5

/** What is in it instead, and whether a folder in it would do. */
const contents = (folder: string): string => {
  const names = readdirSync(folder).toSorted()
  if (names.length === 0) return 'it is empty'
  const rest = names.length > SHOWN ? ', …' : ''
  const inner = foldersIn(folder).find((name) => detectLayout(join(folder, name)) !== undefined)
  const hint = inner === undefined ? '' : `. The folder ${inner} in it has one: give that`
  return `it holds ${names.slice(0, SHOWN).join(', ')}${rest}${hint}`
}
