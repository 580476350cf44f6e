// The git commit that a workspace stands at, read from its files: no process is started for it. Used by executePlan.
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const read = (...path: ReadonlyArray<string>): string | undefined => {
  try {
    return readFileSync(join(...path), 'utf8')
  } catch {
    return undefined
  }
}

/** `.git` of the folder or of one above it; in a linked work tree it is a file that names another folder. */
const gitFolder = (root: string): string | undefined => {
  const path = join(root, '.git')
  const there = statSync(path, { throwIfNoEntry: false })
  if (!there) return dirname(root) === root ? undefined : gitFolder(dirname(root))
  if (there.isDirectory()) return path
  const named = /^gitdir: (.+)$/m.exec(read(path) ?? '')?.[1]
  return named === undefined ? undefined : resolve(root, named)
}

/** 40 hexadecimal digits (64 in a SHA-256 repository), or an empty text where there is no commit. */
export const codeCommit = (root: string): string => {
  const folder = gitFolder(root)
  const head = folder === undefined ? undefined : read(folder, 'HEAD')?.trim()
  if (folder === undefined || head === undefined) return ''
  const ref = /^ref: (.+)$/.exec(head)?.[1]
  if (ref === undefined) return /^[0-9a-f]{40,64}$/.test(head) ? head : ''
  // branches of a linked work tree lie in the repository that it belongs to
  const shared = resolve(folder, read(folder, 'commondir')?.trim() ?? '.')
  const packed = (read(shared, 'packed-refs') ?? '').split('\n').find((line) => line.endsWith(` ${ref}`))
  return (read(shared, ref) ?? packed ?? '').trim().split(' ')[0]!
}
