/**
 * The folder that phantom films are written into: absent or empty before, and complete or recognisably unfinished after.
 * Everything is written below `.unfinished`, which no reader looks into, and moved up once all of it is there, tables
 * last. Used by `writePhantomFolder.ts`.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PhantomFolderError } from './PhantomFolderError.ts'

/** What a folder holds until it is whole; the check of a folder refuses one that holds it. */
export const UNFINISHED = '.unfinished'

/**
 * Makes the folder where it is absent, and the place in it to write to.
 * @returns that place
 * @throws PhantomFolderError it is a file, or holds something already
 */
export async function startFolder(folder: string): Promise<string> {
  const other = 'Give a folder that is empty or not there yet'
  const entries = await entriesOf(folder, other)
  if (entries.includes(UNFINISHED)) {
    const what = `it holds ${UNFINISHED}: another writing is at work there, or was interrupted`
    throw new PhantomFolderError(folder, 'unfinished', what, `${other}, or remove this one.`)
  }
  if (entries.length > 0) {
    const more = entries.length > 1 ? ` and ${entries.length - 1} more` : ''
    throw new PhantomFolderError(folder, 'not-empty', `it holds ${entries[0]!}${more}`, `${other}.`)
  }
  const place = join(folder, UNFINISHED)
  await mkdir(place)
  return place
}

/** Moves all that was written up into the folder, the last names last. */
export async function finishFolder(folder: string, last: readonly string[]): Promise<void> {
  const place = join(folder, UNFINISHED)
  const names = (await readdir(place)).filter((name) => !last.includes(name))
  for (const name of [...names, ...last]) await rename(join(place, name), join(folder, name))
  await rmdir(place)
}

/** Not mkdir's own `recursive`: where a file system refuses with ENOENT, as /proc does, that never ends (Node 20.20). */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return
  await makeFolder(dirname(path))
  await mkdir(path)
}

async function entriesOf(folder: string, other: string): Promise<readonly string[]> {
  try {
    await makeFolder(folder)
    return (await readdir(folder)).toSorted()
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    const below = code === 'EEXIST' || code === 'ENOTDIR'
    const what = below ? 'it is a file or lies below one' : `it cannot be made or looked into (${code})`
    throw new PhantomFolderError(folder, 'not-a-folder', what, `${other}.`, { cause })
  }
}
