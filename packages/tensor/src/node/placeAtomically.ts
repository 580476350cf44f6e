// Makes a folder or file appear complete or not at all: it is made under a temporary name beside its place and
// then renamed. Used by every step of `provision`, so an interruption leaves only a `.tmp-*` that nobody reads.
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

const PREFIX = '.tmp-'

/**
 * Calls `make(temporary)` and renames what it made at `temporary` to `target`.
 * A folder that another process has put there meanwhile wins, and ours is thrown away.
 */
export const placeAtomically = async (target: string, make: (temporary: string) => Promise<void>): Promise<void> => {
  const parent = dirname(target)
  await mkdir(parent, { recursive: true })
  const temporary = join(parent, `${PREFIX}${basename(target)}-${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    await make(temporary)
    await rename(temporary, target)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Removes what interrupted runs left in `parent`: temporary names older than `ageMs` (default: one hour). */
export const removeLeftovers = async (parent: string, ageMs = 3_600_000): Promise<void> => {
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue
    const path = join(parent, name)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > ageMs) await rm(path, { recursive: true, force: true })
  }
}
