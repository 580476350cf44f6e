// The disk for kept graphs and exported models: a file is written under a temporary name, flushed and renamed, so that a
// process that is killed leaves no half of one. Synchronous, because a compiled call is. Used through `GraphHost`.
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writevSync } from 'node:fs'
import { join } from 'node:path'
import type { GraphFiles } from '../compile/graphHost.ts'

/** All of the parts, whatever the system takes at a time. */
const writeAll = (file: number, parts: ReadonlyArray<Uint8Array>): void => {
  for (const part of parts) {
    for (let at = 0; at < part.length;) at += writevSync(file, [part.subarray(at)])
  }
}

/** @param tensorflow its version */
export const graphFiles = (tensorflow: string): GraphFiles => ({
  tensorflow,
  digest: (parts) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest('hex')
  },
  read: (folder, name) => {
    try {
      return readFileSync(join(folder, name))
    } catch {
      // Whatever the reason, the graph is then made anew.
      return undefined
    }
  },
  write: (folder, name, parts) => {
    mkdirSync(folder, { recursive: true })
    const temporary = join(folder, `.tmp-${name}-${process.pid}-${randomBytes(4).toString('hex')}`)
    try {
      const file = openSync(temporary, 'wx')
      try {
        writeAll(file, parts)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(temporary, join(folder, name))
    } finally {
      rmSync(temporary, { force: true })
    }
  },
})
