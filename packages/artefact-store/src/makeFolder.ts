// A folder and those above it. `mkdir` of node with `recursive` never ends where a file system answers ENOENT although the
// folder above is there, as /proc does (node 20.20); this one throws.
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Throws the error of node:fs. */
export const makeFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const isFolder = (at: string): Promise<boolean> =>
      stat(at).then(
        (found) => found.isDirectory(),
        () => false,
      )
    if (await isFolder(path)) return
    if (code !== 'ENOENT' || (await isFolder(dirname(path))) || dirname(path) === path) throw cause
    await makeFolder(dirname(path))
    await makeFolder(path)
  }
}
