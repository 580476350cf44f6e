// Which name each parameter has in torch. Used by import and export, which must agree.
import { NetworkError } from '../NetworkError.ts'
import type { MapShape } from './torchLayout.ts'
import { nearestName } from './nearestName.ts'

export type TorchWeightOptions = {
  /** Our name of a parameter → torch's, such as `(name) => 'encoder.' + name`. @default the same name */
  readonly rename?: (name: string) => string
  /**
   * Dense weights that follow the flattening of a map larger than one pixel, by our name, with the map's height, width and
   * channels: torch flattens channels first, so their rows change places. `flattenedInputs` finds them. @default none
   */
  readonly flattened?: Readonly<Record<string, MapShape>>
}

/** One parameter: its name here and in torch, and the map that it sees flattened, if it does. */
type TorchName = { readonly ours: string; readonly torch: string; readonly map: MapShape | undefined }

/**
 * In order of our names.
 * @throws NetworkError when two parameters get one name, or `flattened` names a parameter that is not there
 */
export const torchNames = (
  names: readonly string[],
  { rename = (name) => name, flattened = {} }: TorchWeightOptions,
): readonly TorchName[] => {
  const takenBy = new Map<string, string>()
  const maps = new Map(Object.entries(flattened))
  const pairs = names.toSorted().map((ours) => {
    const torch = rename(ours)
    const other = takenBy.get(torch)
    if (other !== undefined) throw new NetworkError(ours, `rename gives it the name '${torch}', which '${other}' has`)
    takenBy.set(torch, ours)
    return { ours, torch, map: maps.get(ours) }
  })
  const unknown = [...maps.keys()].find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const near = nearestName(unknown, names)
    const hint = near === undefined ? '' : `, did you mean '${near}'?`
    throw new NetworkError(unknown, `flattened names a parameter that is not there${hint}`)
  }
  return pairs
}
