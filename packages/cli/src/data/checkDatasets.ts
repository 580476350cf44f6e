// The folder check before anything is planned: the domain package's own, called through its commands. A check that went
// well is remembered in the store by the folder's listing, so that a second run reads no film again.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Dataset } from '@radiograft/pipeline'

/** Bumped when the check looks for more, so that folders are checked again. */
const checkVersion = 1

type Check = (root: string) => Promise<void> | void

/** sha256 over (path, length, time) of every file below `root`. Hidden files do not count. */
export const listingDigest = async (root: string): Promise<string> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(root, file)
          .split('/')
          .some((part) => part.startsWith('.')),
    )
    .toSorted()
  const hash = createHash('sha256').update(`check ${checkVersion}`)
  for (const file of files) {
    const { size, mtimeMs } = await stat(file)
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const remembered = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const remember = (file: string, digest: string): void => {
  try {
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(`${file}.${process.pid}.tmp`, digest)
    renameSync(`${file}.${process.pid}.tmp`, file)
  } catch {
    // only a memory; whether the store can be used is found out, and said, when the run is planned
  }
}

/**
 * Checks every bound folder. Rejects with the domain package's error, which names the files. `say` gets one line before
 * a folder is read.
 */
export const checkDatasets = async (
  datasets: Readonly<Record<string, Dataset>>,
  store: string,
  check: Check,
  say: (line: string) => void,
): Promise<void> => {
  for (const { layout, root } of Object.values(datasets)) {
    if (layout === 'phantom') continue
    const digest = await listingDigest(root)
    const file = join(store, 'memory', `checked-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`)
    if (remembered(file) === digest) continue
    say(`checking ${root} (${layout})`)
    await check(root)
    remember(file, digest)
  }
}
