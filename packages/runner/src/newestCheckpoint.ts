// How far a key came, without its tensors: what a plan says and a start expects.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Json } from '@radiograft/checkpoints'
import { accountOf } from './Account.ts'
import type { Account } from './Account.ts'
import { checkpointFolder } from './keyFolders.ts'

export interface NewestCheckpoint {
  /** steps that are done */
  readonly step: number
  readonly account: Account
}

/** As `folderCheckpoints` writes it. */
interface StateFile {
  readonly tensors: { readonly length: number }
  readonly state: Json
}

/**
 * The newest one that looks whole; undefined where there is none. Every byte is checked only when it is taken up: one that
 * then turns out damaged is passed over for the one before.
 * @param store the store's folder
 */
export const newestCheckpoint = async (store: string, key: string): Promise<NewestCheckpoint | undefined> => {
  if (store === 'memory') return undefined
  const folder = checkpointFolder(store, key)
  const found: Array<{ readonly step: number; readonly path: string }> = []
  for (const attempt of await readdir(folder).catch(() => []))
    for (const name of await readdir(join(folder, attempt)).catch(() => []))
      if (/^[0-9]+$/.test(name)) found.push({ step: Number(name), path: join(folder, attempt, name) })
  for (const { step, path } of found.toSorted((a, b) => b.step - a.step))
    try {
      const { tensors, state } = JSON.parse(await readFile(join(path, 'state.json'), 'utf8')) as StateFile
      const known = accountOf(state)
      const { size } = await stat(join(path, 'tensors.safetensors'))
      if (known && size === tensors.length) return { step, account: known.account }
    } catch {
      // half of one: the one before it
    }
  return undefined
}
