// The tensors of a checkpoint as the pieces of a safetensors file, and back. Nothing is copied on the way out.
import { readSafetensors, safetensorsHeader } from '@radiograft/safetensors'
import type { CheckpointTensor } from './Checkpoints.ts'
import { CheckpointValueError } from './errors.ts'

type Dtype = CheckpointTensor['dtype']

const dtypes = { float32: 'F32', float64: 'F64', int32: 'I32', bool: 'BOOL' } as const
const widths = { float32: 4, float64: 8, int32: 4, bool: 1 } as const
const ours = new Map<string, Dtype>((Object.keys(dtypes) as Dtype[]).map((dtype) => [dtypes[dtype], dtype]))

/**
 * The bytes of the file, in order: the header, then the memory of the arrays.
 * @throws CheckpointValueError for another dtype or an array that does not fill its shape
 * @throws SafetensorsError for a name that a file cannot hold
 */
export const tensorPieces = (tensors: Readonly<Record<string, CheckpointTensor>>): ReadonlyArray<Uint8Array> => {
  for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
    const at = `tensors.${name}`
    if (!Object.hasOwn(dtypes, dtype)) throw new CheckpointValueError(at, `is ${dtype}, which checkpoints do not hold`)
    if (values.byteLength !== widths[dtype] * shape.reduce((a, b) => a * b, 1))
      throw new CheckpointValueError(
        at,
        `has ${values.length} values, which do not fill ${dtype} [${shape.join(', ')}]`,
      )
  }
  const described = Object.entries(tensors).map(
    ([name, { dtype, shape }]) => [name, { dtype: dtypes[dtype], shape }] as const,
  )
  const { bytes, order } = safetensorsHeader(Object.fromEntries(described))
  const raw = order.map((name) => {
    const { buffer, byteOffset, byteLength } = tensors[name]!.values
    return new Uint8Array(buffer, byteOffset, byteLength)
  })
  return [bytes, ...raw.filter(({ length }) => length > 0)]
}

/** @throws SafetensorsError, CheckpointValueError when it is not such a file */
export const parseTensors = (bytes: Uint8Array): Record<string, CheckpointTensor> =>
  Object.fromEntries(
    Object.entries(readSafetensors(bytes).tensors).map(([name, tensor]) => {
      const dtype = ours.get(tensor.dtype)
      if (dtype === undefined) throw new CheckpointValueError(`tensors.${name}`, `is ${tensor.dtype}`)
      return [name, { dtype, shape: tensor.shape, values: tensor.data } as CheckpointTensor]
    }),
  )
