// Features as they are stored: the other way is `featureSetOf` of metrics. Used by `extract-features`, whose key would hold all measures if it
// came from there.
import type { ExtractorIdentity, FeatureRow } from '@radiograft/metrics/distribution'

/** One row of the kind `features`. @param values [columns] */
export const featureRow = (film: string, values: ArrayLike<number>, identity: ExtractorIdentity): FeatureRow => {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true)
  const { name: extractor, sha256, resizeFilter } = identity
  return { film, extractor, sha256: sha256 ?? '', resizeFilter, values: new Uint8Array(view.buffer) }
}
