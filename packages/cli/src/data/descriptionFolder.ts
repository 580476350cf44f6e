// Where `data` leaves its record and contact sheet: a folder of the user's choice, or one a described folder below
// `.radiograft/data`.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { makeWritable } from '../files/runFolders.ts'
import { UsageError } from '../UsageError.ts'

const OWN = new Set(['data.json', 'contact-sheet.png'])

/** The folder for `--out`: new, empty, or with an earlier description. Throws `UsageError` for any other. */
export const chosenFolder = (out: string, films: string): string => {
  const way = relative(films, out)
  if (way === '' || (way !== '..' && !way.startsWith(`..${sep}`)))
    throw new UsageError(`--out ${out} lies in the folder of films, which is left as it is. Choose another folder.`)
  const path = makeWritable(out, 'the folder', '--out')
  const others = readdirSync(path).filter((name) => !OWN.has(name))
  if (others.length > 0)
    throw new UsageError(
      `the folder ${path} holds ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}. Give a new folder, an empty one or that of an earlier description with --out.`,
    )
  return path
}

/** One for each folder of films, told apart by its path. @param above where such folders lie */
export const describedFolder = (above: string, films: string): string =>
  join(above, `${basename(films)}-${createHash('sha256').update(films).digest('hex').slice(0, 8)}`)

/** The next description replaces it. */
export const usualFolder = (workspace: string, films: string): string =>
  makeWritable(describedFolder(join(workspace, '.radiograft/data'), films), 'the folder', '--out')
