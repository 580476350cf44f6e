// How far a key came, without its tensors: what a plan says and a start expects.
import { statesIn } from '@radiograft/checkpoints'
import { accountOf } from './Account.ts'
import type { Account } from './Account.ts'
import { checkpointFolder } from './keyFolders.ts'

export interface NewestCheckpoint {
  /** steps that are done */
  readonly step: number
  readonly account: Account
}

/**
 * The newest one that looks whole and that this version wrote; undefined where there is none. Every byte is checked only when
 * it is taken up: one that then turns out damaged is passed over for the one before.
 * @param store the store's folder
 */
export const newestCheckpoint = async (store: string, key: string): Promise<NewestCheckpoint | undefined> => {
  if (store === 'memory') return undefined
  const states = await statesIn(checkpointFolder(store, key)).catch(() => [])
  for (const { step, state } of states) {
    const known = accountOf(state)
    if (known) return { step, account: known.account }
  }
  return undefined
}
