// One checkpoint of a folder, if it is whole. Used by `folderCheckpoints`.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkpoint } from './Checkpoints.ts'
import { parseState } from './stateFile.ts'
import { parseTensors } from './tensorsFile.ts'

/** The checkpoint; why it is none; or that the folder is gone, because another process removed it. */
export type Found =
  | { readonly _tag: 'whole'; readonly checkpoint: Checkpoint }
  | { readonly _tag: 'damaged'; readonly reason: string }
  | { readonly _tag: 'gone' }

const read = async (path: string, step: number): Promise<Checkpoint | string> => {
  const file = parseState(await readFile(join(path, 'state.json'), 'utf8'))
  if (typeof file === 'string') return file
  if (file.step !== step) return `its state.json is of step ${file.step}`
  const { length, sha256 } = file.tensors
  const tensorsPath = join(path, 'tensors.safetensors')
  const { size } = await stat(tensorsPath)
  if (size !== length) return `its tensors.safetensors has ${size} bytes, ${length} were written`
  const bytes = await readFile(tensorsPath)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    return 'its tensors.safetensors is not what was written'
  return { step, tensors: parseTensors(bytes), state: file.state }
}

/** @param step that of the folder's name */
export const readCheckpoint = async (path: string, step: number): Promise<Found> => {
  try {
    const checkpoint = await read(path, step)
    return typeof checkpoint === 'string' ? { _tag: 'damaged', reason: checkpoint } : { _tag: 'whole', checkpoint }
  } catch (cause) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    )
    // an error of reading, of JSON.parse or of the tensors: whatever it is, this one cannot be gone on from
    return isThere ? { _tag: 'damaged', reason: (cause as Error).message } : { _tag: 'gone' }
  }
}
