// A TF.js layers model from its folder: model.json, and the bytes of the shards it names. Used by mobilenetV2.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LayersModelError } from './LayersModelError.ts'
import { parseLayersModel } from './parseLayersModel.ts'
import type { LayersModel } from './parseLayersModel.ts'

export interface StoredLayersModel {
  readonly model: LayersModel
  readonly shards: ReadonlyMap<string, Uint8Array>
}

/** More than any network that is read here, and less than a process can hold. */
const LARGEST_JSON = 64e6

/** @throws LayersModelError `file` where one is missing or cannot be read, and as `parseLayersModel` */
export const readLayersModel = async (folder: string): Promise<StoredLayersModel> => {
  const read = async (name: string): Promise<Uint8Array> => {
    try {
      return await readFile(join(folder, name))
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      const what = code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : `it cannot be read (${code})`
      throw new LayersModelError(join(folder, name), 'file', what, { cause })
    }
  }
  const json = await read('model.json')
  if (json.length > LARGEST_JSON) throw new LayersModelError(join(folder, 'model.json'), 'format', 'it is too large')
  const model = parseLayersModel(new TextDecoder().decode(json), join(folder, 'model.json'))
  const names = [...new Set(model.groups.flatMap(({ paths }) => paths))]
  // one after another, so that of several that are missing the first is named
  const shards = new Map<string, Uint8Array>()
  for (const name of names) shards.set(name, await read(name))
  return { model, shards }
}
