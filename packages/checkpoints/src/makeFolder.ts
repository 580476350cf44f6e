// A folder and those above it. `mkdir` of node with `recursive` never ends where a file system answers ENOENT although the
// folder above is there, as /proc does (node 20.20); this one throws.
import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** So that the name of a new folder outlives a power failure; where a file system cannot, it does without. */
const flushAbove = (path: string): void => {
  try {
    const fd = openSync(dirname(path), 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  } catch {
    // no worse than before
  }
}

/** Throws the error of node:fs. */
export const makeFolder = (path: string): void => {
  if (isFolder(path)) return
  try {
    mkdirSync(path)
    flushAbove(path)
  } catch (cause) {
    if (isFolder(path)) return // another process was first
    const above = dirname(path)
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || isFolder(above) || above === path) throw cause
    makeFolder(above)
    makeFolder(path)
  }
}
