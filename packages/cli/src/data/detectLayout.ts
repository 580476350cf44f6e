// The dataset in a folder given by --data: that there is one, and which layout its names tell: films, or a network's weights.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Dataset } from '@radiograft/pipeline'
import { UsageError } from '../UsageError.ts'
import type { DataCommands } from './dataCommands.ts'

/** Throws `UsageError` naming the folder and what was looked for. `flag` is what the folder was given by. */
export const detectLayout = (
  folder: string,
  layouts: Pick<DataCommands, 'detectLayout' | 'describeLayouts'>,
  flag = '--data ',
): Dataset => {
  const root = resolve(folder)
  const there = existsSync(root) ? statSync(root) : undefined
  if (!there) throw new UsageError(`${flag}${root}: there is no such folder.`)
  if (!there.isDirectory()) throw new UsageError(`${flag}${root}: it is a file, not a folder.`)
  let names: ReadonlyArray<string>
  try {
    names = readdirSync(root)
  } catch (cause) {
    throw new UsageError(`${flag}${root}: it cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause })
  }
  if (names.length === 0) throw new UsageError(`${flag}${root}: the folder is empty.`)
  const layout = layouts.detectLayout(root)
  if (layout !== undefined) return { layout, root }
  // the weights of a feature network, for the pipelines that take them
  if (names.includes('model.json')) return { layout: 'layers-model', root }
  throw new UsageError(
    `${flag}${root}: no known layout. It holds ${names.toSorted().slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}. ` +
      `Looked for:\n${layouts
        .describeLayouts()
        .map((line) => `  - ${line}\n`)
        .join('')}Give the folder that holds them.`,
  )
}
