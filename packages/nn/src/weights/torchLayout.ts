// The one place that knows how torch lays out what we lay out otherwise, as plain arrays:
//   filters      [kh, kw, in, out]  ↔ [out, in, kh, kw]   (OIHW; grouped ones too, `in` being that of a group)
//   transposed   [kh, kw, out, in]  ↔ [in, out, kh, kw]   (the same permutation)
//   dense        [in, out]          ↔ [out, in]
//   after flatten [h·w·c, out]      ↔ [out, c·h·w]        (torch flattens maps channel first)
//   biases, scales, shifts, running statistics: the same. Used by import and export.
import { NetworkError } from '../NetworkError.ts'
import type { NetworkTensor } from '../params/networkTensors.ts'

/** Height, width and channels of the map that a dense layer sees flattened. */
export type MapShape = readonly [height: number, width: number, channels: number]

/** `[a, b, c]` → `[c, b, a]`, on bit patterns, so that a NaN keeps its own. */
const reverseAxes = (name: string, data: Float32Array, a: number, b: number, c: number): Float32Array => {
  if (data.length !== a * b * c)
    throw new NetworkError(name, `its shape needs ${a * b * c} numbers, not ${data.length}`)
  const from = new Uint32Array(data.buffer, data.byteOffset, data.length)
  const to = new Uint32Array(data.length)
  for (let i = 0, at = 0; i < a; i++)
    for (let j = 0; j < b; j++) for (let k = 0; k < c; k++) to[(k * b + j) * a + i] = from[at++]!
  return new Float32Array(to.buffer)
}

/** A parameter of ours as rows of a `[field, in, out]` array, and its shape in torch. */
const axesOf = (
  name: string,
  shape: readonly number[],
  map: MapShape | undefined,
): { readonly field: number; readonly inputs: number; readonly outputs: number; readonly torch: readonly number[] } => {
  const [a = 1, b = 1, c = 1, d = 1] = shape
  if (map !== undefined) {
    const [height, width, channels] = map
    if (shape.length !== 2 || a !== height * width * channels)
      throw new NetworkError(
        name,
        `shape [${shape.join(', ')}] is no dense weight over a flattened map of [${map.join(', ')}]`,
      )
    return { field: height * width, inputs: channels, outputs: b, torch: [b, a] }
  }
  if (shape.length < 2) return { field: 1, inputs: 1, outputs: a, torch: shape }
  if (shape.length === 2) return { field: 1, inputs: a, outputs: b, torch: [b, a] }
  if (shape.length === 4) return { field: a * b, inputs: c, outputs: d, torch: [d, c, a, b] }
  throw new NetworkError(name, `torch's layout of a parameter of shape [${shape.join(', ')}] is not known`)
}

/**
 * The shape that a parameter has in torch.
 * @throws NetworkError when it has three axes or more than four, or `map` does not go with it
 */
export const torchShape = (name: string, shape: readonly number[], map?: MapShape): readonly number[] =>
  axesOf(name, shape, map).torch

/** A parameter of ours in torch's layout. A copy. */
export const toTorchLayout = (name: string, { shape, data }: NetworkTensor, map?: MapShape): NetworkTensor => {
  const { field, inputs, outputs, torch } = axesOf(name, shape, map)
  return { shape: torch, data: reverseAxes(name, data, field, inputs, outputs) }
}

/** Numbers in torch's layout as a parameter of ours, of the shape given. A copy. */
export const fromTorchLayout = (
  name: string,
  shape: readonly number[],
  data: Float32Array,
  map?: MapShape,
): NetworkTensor => {
  const { field, inputs, outputs } = axesOf(name, shape, map)
  return { shape: [...shape], data: reverseAxes(name, data, outputs, inputs, field) }
}
