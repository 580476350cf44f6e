// sha256 of a layers model's weights: the bytes of its shards in the order of model.json, 64 hexadecimal digits. It names
// the network in every figure.
import { createHash } from 'node:crypto'
import type { StoredLayersModel } from './readLayersModel.ts'

export const weightsDigest = ({ model, shards }: StoredLayersModel): string => {
  const hash = createHash('sha256')
  for (const { paths } of model.groups) for (const path of paths) hash.update(shards.get(path) ?? new Uint8Array())
  return hash.digest('hex')
}
