// A folder and those above it. `mkdir` of node with `recursive` never ends where a file system answers ENOENT although the
// folder above is there, as /proc does (node 20.20); this one throws.
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** Throws the error of node:fs. */
export const makeFolder = (path: string): void => {
  if (isFolder(path)) return
  try {
    mkdirSync(path)
  } catch (cause) {
    if (isFolder(path)) return // another process was first
    const above = dirname(path)
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || isFolder(above) || above === path) throw cause
    makeFolder(above)
    makeFolder(path)
  }
}
