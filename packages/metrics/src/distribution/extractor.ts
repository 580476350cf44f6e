/**
 * What turns films into features: one interface for every network, so that measures know none. Figures of two extractors are never
 * compared: ImageNet's and radiology's order generators differently, so a report gives two and switches silently to neither.
 */
import { MetricError } from '../MetricError.ts'
import { checkFeatures, type Features } from './features.ts'
import type { Films } from './films.ts'

/** What a figure says of where its features came from; figures that differ in it are not compared. */
export interface ExtractorIdentity {
  /** words of small letters, digits and dots, joined by hyphens, such as `inception-pool3`; part of metric names */
  readonly name: string
  /** of the weights' file, 64 hexadecimal digits; null where nothing is learned (pixels) */
  readonly sha256: string | null
  /** how films come to the network's size, such as `bicubic-antialias-299`, or `none` */
  readonly resizeFilter: string
}

export interface FeatureExtractor extends ExtractorIdentity {
  /** dimensions of a film's features */
  readonly columns: number
  /** one row a film, in their order; resizes by its own filter, so that no caller does */
  readonly extract: (films: Films) => Features | Promise<Features>
}

/** Features with their origin and with whom each row belongs to. */
export interface FeatureSet extends Features {
  readonly extractor: ExtractorIdentity
  /** `units[i]` owns row i: the patient of a real film; a generated film is its own unit, or belongs to its donor */
  readonly units: readonly string[]
}

/** @throws MetricError when the extractor has no valid name or hash, or gives rows that do not fit the films */
export const extractFeatures = async (
  { name, sha256, resizeFilter, columns, extract }: FeatureExtractor,
  films: Films,
  units: readonly string[],
): Promise<FeatureSet> => {
  const extractor = { name, sha256, resizeFilter }
  checkIdentity(extractor)
  const features = await extract(films)
  if (features.rows !== films.count || features.columns !== columns)
    throw new MetricError(
      'extractor',
      `${name} gave ${features.rows} rows of ${features.columns} columns for ${films.count} films of ${columns}`,
    )
  const set = { ...features, extractor, units }
  checkFeatureSet('features', set)
  return set
}

/** @throws MetricError when a name, a hash or a filter cannot stand in a figure */
const checkIdentity = ({ name, sha256, resizeFilter }: ExtractorIdentity): void => {
  if (!/^[a-z0-9.]+(-[a-z0-9.]+)*$/.test(name))
    throw new MetricError('extractor', `name "${name}": give words of small letters and digits joined by hyphens`)
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256))
    throw new MetricError('extractor', `sha256 "${sha256}" of ${name}: give 64 hexadecimal digits of its weights' file`)
  if (resizeFilter === '')
    throw new MetricError('extractor', `${name} names no resize filter: say "none" if it has none`)
}

/** @throws MetricError when features, identity or units are not valid */
export const checkFeatureSet = (argument: string, set: FeatureSet): void => {
  checkFeatures(argument, set)
  checkIdentity(set.extractor)
  if (set.units.length !== set.rows)
    throw new MetricError(argument, `${set.units.length} units for ${set.rows} rows: give one a film`)
}
