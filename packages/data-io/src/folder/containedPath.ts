// Names from tables and links on disk are not trusted: nothing outside the folder is opened because a table names it or
// because a link leads there. Used by everything that turns a name into a path.
import { realpath } from 'node:fs/promises'
import { sep } from 'node:path'

/** How to recover from a link that leads out of the folder, as the end of a message. */
export const MEND_LINK = 'copy what it leads to into the folder, or give the folder that it leads to'

/**
 * Why a name may not become part of a path, as the rest of a sentence that begins with the name; undefined where it may.
 * Both separators count on every system, because tables travel.
 * @param kind `name`: no separators; `path`: relative to the folder
 */
export const unsafeName = (name: string, kind: 'name' | 'path'): string | undefined => {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'holds a control character'
  if (/^(?:[/\\]|[A-Za-z]:)/.test(name)) return 'is an absolute path'
  const parts = name.split(/[/\\]/)
  if (parts.includes('..')) return 'leads upwards'
  if (kind === 'name' && parts.length > 1) return 'holds a separator; a bare name is expected'
  return name === '' || name === '.' ? 'is no name' : undefined
}

/**
 * The path with all links followed; undefined where that leads out of the root.
 * @param root absolute, links followed
 * @throws the system's error where there is nothing, or a link leads to itself
 */
export const containedPath = async (root: string, path: string): Promise<string | undefined> => {
  const real = await realpath(path)
  const below = root.endsWith(sep) ? root : root + sep
  return real === root || real.startsWith(below) ? real : undefined
}
