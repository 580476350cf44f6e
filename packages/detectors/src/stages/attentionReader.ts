// Attention maps of films by id, normalised as the detector wants them. Used by the entries of `fit-detector` and `detect`.
import type { Films } from '@radiograft/pipeline'
import type { AttentionMap } from '../batchAssembler.ts'
import { DetectorError } from '../DetectorError.ts'
import type { AttentionNormalisation } from '../residualAttention.ts'
import { normaliseAttention } from '../residualAttention.ts'

/**
 * The maps of some films, or undefined for each where the detector has no attention.
 * @throws DetectorError when the detector has attention and the port is not wired, or the other way round
 */
export const attentionReader = (
  films: Films | undefined,
  normalisation: AttentionNormalisation | null,
): ((ids: ReadonlyArray<string>) => Promise<ReadonlyArray<AttentionMap | undefined>>) => {
  if (normalisation === null) {
    if (films) throw new DetectorError('attention', 'is wired, but the detector was fitted without: leave it unwired')
    return async (ids) => ids.map(() => undefined)
  }
  if (!films) throw new DetectorError('attention', 'the detector was fitted with residuals: wire those of these films')
  const { height, width } = films
  return async (ids) =>
    (await films.rows(ids.map((id) => films.indexOf(id)))).map((residual) => ({
      map: normaliseAttention(residual, normalisation),
      height,
      width,
    }))
}
