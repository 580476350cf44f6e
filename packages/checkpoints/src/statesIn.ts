// How far a computation came, without its tensors: for a plan, which must be quick.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Json } from './Checkpoints.ts'
import { listCheckpoints } from './listCheckpoints.ts'
import { parseState } from './stateFile.ts'

/** A checkpoint without its tensors. */
export type CheckpointState = { readonly step: number; readonly state: Json }

/**
 * Of the checkpoints under `folder` that look whole, newest first: state.json is checked by its digest, of the tensors only the
 * length is looked at. One that then turns out damaged is passed over by `latest`. Empty where there is no such folder.
 */
export const statesIn = async (folder: string): Promise<ReadonlyArray<CheckpointState>> => {
  const states: Array<CheckpointState> = []
  for (const { step, attempt, name } of listCheckpoints(folder))
    try {
      const path = join(folder, attempt, name)
      const file = parseState(await readFile(join(path, 'state.json'), 'utf8'))
      const { size } = await stat(join(path, 'tensors.safetensors'))
      if (typeof file !== 'string' && file.step === step && size === file.tensors.length)
        states.push({ step, state: file.state })
    } catch {
      // cut short, or removed meanwhile: the one before it
    }
  return states
}
