// The content of a dataset's folder as one digest. Files are hashed once: (path, length, time) → digest is remembered in the
// store, and the memory is never part of a key.
import { canonicalJson } from '@radiograft/pipeline'
import type { Dataset } from '@radiograft/pipeline'
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline as pump } from 'node:stream/promises'
import { DatasetError } from './errors.ts'

type Memory = Record<string, readonly [bytes: number, time: number, digest: string]>

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

/** Files hashed at a time. */
const atOnce = 4
/** A file younger than this when it was hashed is hashed again: its time may not tell a second write. Milliseconds. */
const settle = 2000

/**
 * sha256 over layout and the sorted (relative path, content digest) of every file; hidden files do not count. `memory` is
 * the folder that remembers, if any. Throws `DatasetError` naming the folder.
 */
export const datasetDigest = async (dataset: Dataset, memory: string | undefined): Promise<string> => {
  const finish = (files: ReadonlyArray<readonly [string, string]>): string =>
    createHash('sha256')
      .update(canonicalJson(['dataset', dataset.layout, files]))
      .digest('hex')
  if (dataset.layout === 'phantom') return finish([])
  const { root } = dataset
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new DatasetError(root, (cause as Error).message, { cause })
  })
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(root, file).split(sep).join('/') }))
    .filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  if (files.length === 0) throw new DatasetError(root, 'it holds no files')
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
      const { file, path } = files[i]!
      try {
        const { size, mtimeMs } = await stat(file)
        const known = before[path]
        const same = known && known[0] === size && known[1] === mtimeMs
        const digest = same ? known[2] : await digestOfFile(file)
        if (!same) hashed++
        if (now - mtimeMs > settle) after[path] = [size, mtimeMs, digest]
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
