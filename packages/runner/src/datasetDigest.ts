// The content of a dataset's folder as one digest. Files are hashed once: (path, length, times) → digest is remembered in
// the store, and the memory is never part of a key.
import { canonicalJson } from '@radiograft/pipeline'
import type { Dataset } from '@radiograft/pipeline'
import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { createReadStream, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { pipeline as pump } from 'node:stream/promises'
import { DatasetError } from './errors.ts'

/** `changed` is the inode's time, which no program can set back: a file rewritten with its old length and time is seen */
type Memory = Record<string, readonly [bytes: number, modified: number, changed: number, digest: string]>

const digestOfFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pump(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

const readMemory = (file: string | undefined): Memory => {
  try {
    return file === undefined ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Memory)
  } catch {
    return {}
  }
}

/** Beside files with their content there are links: to nothing, and out of the folder, where nothing is read. */
interface Entry {
  /** from the root, with `/` */
  readonly path: string
  readonly leads: 'file' | 'outside' | 'absent'
}

/** Where a link leads that leads nowhere: nothing is there, a file is taken for a folder, it leads to itself. */
const nowhere: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP'])

/** Undefined for a link to nothing. */
const behind = async (link: string): Promise<string | undefined> => {
  try {
    return await realpath(link)
  } catch (cause) {
    if (nowhere.has((cause as NodeJS.ErrnoException).code)) return undefined
    throw cause
  }
}

/** What is below, folders behind links that stay inside included; hidden names do not count. @param above real paths, the root's first */
const entriesBelow = async function* (
  root: string,
  folder: string,
  above: ReadonlyArray<string>,
): AsyncGenerator<Entry> {
  const real = await realpath(join(root, folder))
  if (above.includes(real)) throw new DatasetError(root, `the link ${folder} leads back to a folder that holds it`)
  const inside = [...above, real]
  const top = inside[0]!.endsWith(sep) ? inside[0]! : inside[0]! + sep
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    let kind: Pick<Dirent, 'isDirectory' | 'isFile'> = entry
    if (entry.isSymbolicLink()) {
      const target = await behind(join(root, path))
      if (target === undefined || !`${target}${sep}`.startsWith(top)) {
        yield { path, leads: target === undefined ? 'absent' : 'outside' }
        continue
      }
      kind = await stat(target)
    }
    if (kind.isDirectory()) yield* entriesBelow(root, path, inside)
    else if (kind.isFile()) yield { path, leads: 'file' }
  }
}

/** Files hashed at a time. */
const atOnce = 4
/** A file younger than this when it was hashed is hashed again: its time may not tell a second write. Milliseconds. */
const settle = 2000

/**
 * sha256 over layout, the sorted (relative path, content digest) of every file, and what is left out of them if anything
 * is; hidden files do not count. A link that leads out of the folder is not followed, as no reader follows it, and enters
 * as `outside`; one to nothing enters as `absent`: which film that is, the check of the folder says. `memory` is the folder that remembers, if any. Throws `DatasetError` naming the folder.
 */
export const datasetDigest = async (dataset: Dataset, memory: string | undefined): Promise<string> => {
  const { skipBad = false, laterals = 'refuse' } = dataset
  const choices = skipBad || laterals !== 'refuse' ? [{ skipBad, laterals }] : []
  const finish = (files: ReadonlyArray<readonly [string, string]>): string =>
    createHash('sha256')
      .update(canonicalJson(['dataset', dataset.layout, files, ...choices]))
      .digest('hex')
  if (dataset.layout === 'phantom') return finish([])
  const { root } = dataset
  const files: Entry[] = []
  try {
    for await (const entry of entriesBelow(root, '', [])) files.push(entry)
  } catch (cause) {
    throw cause instanceof DatasetError ? cause : new DatasetError(root, (cause as Error).message, { cause })
  }
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  if (files.every(({ leads }) => leads !== 'file')) throw new DatasetError(root, 'it holds no files')
  const remembered =
    memory === undefined
      ? undefined
      : join(memory, `dataset-${createHash('sha256').update(root).digest('hex').slice(0, 32)}.json`)
  const before = readMemory(remembered)
  const after: Memory = {}
  const now = Date.now()
  const digests: Array<readonly [string, string]> = Array.from({ length: files.length })
  let next = 0
  let hashed = 0
  const work = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      const { path, leads } = files[i]!
      if (leads !== 'file') {
        digests[i] = [path, leads]
        continue
      }
      const file = join(root, path)
      try {
        const { size, mtimeMs, ctimeMs } = await stat(file)
        const known = before[path]
        const same = known && known[0] === size && known[1] === mtimeMs && known[2] === ctimeMs
        const digest = same ? known[3] : await digestOfFile(file)
        if (!same) hashed++
        if (now - Math.max(mtimeMs, ctimeMs) > settle) after[path] = [size, mtimeMs, ctimeMs, digest]
        digests[i] = [path, digest]
      } catch (cause) {
        throw new DatasetError(root, (cause as Error).message, { cause })
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (remembered !== undefined && hashed > 0) {
    mkdirSync(dirname(remembered), { recursive: true })
    writeFileSync(`${remembered}.${process.pid}.tmp`, JSON.stringify(after))
    renameSync(`${remembered}.${process.pid}.tmp`, remembered)
  }
  return finish(digests)
}
