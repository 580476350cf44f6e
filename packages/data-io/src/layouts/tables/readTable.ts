// A table of a folder as bytes: found by its name, plain or gzipped, and refused where opening it could do harm: a link
// out of the folder, a pipe, a file that would not fit into memory, a small gzip file that becomes a huge one. Used by
// the layouts.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { containedPath, MEND_LINK } from '../../folder/containedPath.ts'
import type { Report } from '../../folder/report.ts'

/** A file of the folder: its name for messages, and its content, which is UTF-8 or begins with a byte order mark. */
export interface NamedTable {
  readonly name: string
  readonly content: string | Uint8Array
}

export interface ReadTableOptions {
  /** Whether its absence is a problem. @default false */
  readonly required?: boolean
  /** Bytes on disk. @default 2 GB */
  readonly size?: number
  /** Bytes after gunzip. @default 512 MiB, ten times the largest that there is (NIH's and RSNA's are 10 MB) */
  readonly inflated?: number
}

const inflate = promisify(gunzip)

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}

/** @returns why not, as the rest of a sentence that begins with the file */
const contentOf = async (
  path: string,
  { size = 2e9, inflated = 512 * 1024 ** 2 }: ReadTableOptions,
): Promise<Uint8Array | string> => {
  if ((await stat(path)).size > size) return `is larger than ${size} bytes, too large for a table; split it`
  const bytes = await readFile(path)
  if (!path.endsWith('.gz')) return bytes
  try {
    return await inflate(bytes, { maxOutputLength: inflated })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      return `inflates to more than ${inflated} bytes, too many for a table; give the CSV file itself`
    }
    return 'is not a whole gzip file; copy or download it again'
  }
}

/**
 * The first of the names that exists, as it is or with `.gz`.
 * @param root absolute, links followed
 * @param names relative to it
 * @returns undefined where none exists, and, after reporting, where it cannot be read
 */
export const readTable = async (
  root: string,
  names: ReadonlyArray<string>,
  report: Report,
  options: ReadTableOptions = {},
): Promise<NamedTable | undefined> => {
  for (const name of names.flatMap((each) => [each, `${each}.gz`])) {
    const path = join(root, name)
    if (!(await exists(path))) continue
    if ((await containedPath(root, path)) === undefined) {
      report('unsafe', `${name} is a link that leads out of the folder: ${MEND_LINK}`)
      return undefined
    }
    if (!(await stat(path)).isFile()) {
      report('table', `${name} is not a file`)
      return undefined
    }
    try {
      const content = await contentOf(path, options)
      if (typeof content !== 'string') return { name, content }
      report('table', `${name} ${content}`)
    } catch (cause) {
      report('table', `${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`)
    }
    return undefined
  }
  if (options.required) report('missing', `there is no ${names[0]!}`)
  return undefined
}
