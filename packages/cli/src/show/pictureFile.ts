// Where `show` writes a picture: `--out`, or `show/<stage>.<port>.<extension>` in the run folder.
import { existsSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { makeWritable } from '../files/runFolders.ts'
import type { OpenOutput } from '../open/OpenOutput.ts'
import { UsageError } from '../UsageError.ts'
import type { PortOptions } from './PortOptions.ts'

/** Throws `UsageError` for a folder, and for a name that is of another kind of file, which is not to be written over. */
export const pictureFile = (
  { stage, port }: Pick<OpenOutput, 'stage' | 'port'>,
  { out, folder }: Pick<PortOptions, 'out' | 'folder'>,
  extension: 'png' | 'svg',
): string => {
  if (out === undefined) {
    const name = `${stage}.${port}`.replaceAll(/[^A-Za-z0-9.=_-]+/g, '-')
    return join(makeWritable(join(folder, 'show'), 'the folder for pictures', '--out'), `${name}.${extension}`)
  }
  const file = resolve(out)
  if (existsSync(file) && statSync(file).isDirectory())
    throw new UsageError(`--out ${out} is a folder: give the name of a file in it that ends in .${extension}.`)
  if (extname(file).toLowerCase() !== `.${extension}`)
    throw new UsageError(
      `--out ${out}: the picture of ${stage}.${port} is ${extension.toUpperCase()}; give a name that ends in .${extension}.`,
    )
  makeWritable(dirname(file), 'the folder of the picture', '--out')
  return file
}
