// The layout of a folder given by --data, from the names in it alone.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Dataset } from '@radiograft/pipeline'
import { UsageError } from '../UsageError.ts'

/** What tells a layout: any one of the names is enough; the folder check then says what else is missing. */
const marks = { rsna: ['stage_2_train_labels.csv', 'stage_2_train_images'] } as const

/** The dataset in a folder. Throws `UsageError` naming the folder and what was looked for. */
export const detectLayout = (folder: string): Dataset => {
  const root = resolve(folder)
  const there = existsSync(root) ? statSync(root) : undefined
  if (!there) throw new UsageError(`--data ${root}: there is no such folder.`)
  if (!there.isDirectory()) throw new UsageError(`--data ${root}: it is a file, not a folder.`)
  let names: ReadonlyArray<string>
  try {
    names = readdirSync(root)
  } catch (cause) {
    throw new UsageError(`--data ${root}: it cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause })
  }
  if (names.length === 0) throw new UsageError(`--data ${root}: the folder is empty.`)
  for (const [layout, looked] of Object.entries(marks))
    if (looked.some((name) => names.includes(name))) return { layout: layout as keyof typeof marks, root }
  throw new UsageError(
    `--data ${root}: no known layout. Looked for ${marks.rsna.join(' or ')} (RSNA Pneumonia Detection Challenge) ` +
      `beside ${names.toSorted().slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}. Give the folder that holds them.`,
  )
}
