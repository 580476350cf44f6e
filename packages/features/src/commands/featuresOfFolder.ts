// Features of all films of a folder: what the cache has, and the rest computed and kept.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ExtractorIdentity, FeatureSet } from '@radiograft/metrics/distribution'
import { featureCache } from '../cache/FeatureCache.ts'
import type { Extractor } from '../extractors/Extractor.ts'
import { rowsOfFilms } from '../rowsOfFilms.ts'
import type { OpenFilms } from './openFilms.ts'
import { streamOf } from './streamOf.ts'
import type { StreamOptions } from './streamOf.ts'

export interface FolderFeatures {
  readonly set: FeatureSet
  /** sha256 of every film's file */
  readonly digests: ReadonlyArray<string>
  /** films whose features were kept */
  readonly kept: number
}

export interface FolderFeaturesOptions extends StreamOptions {
  /** folder of kept features @default none are kept */
  readonly cache?: string | undefined
  /** how films came to `size`, or empty where they have it */
  readonly preparation: string
  readonly onProgress?: ((done: number, films: number) => void) | undefined
}

/** The extractor with what was done to films before it. */
export const preparedIdentity = (
  { name, sha256, resizeFilter }: ExtractorIdentity,
  preparation: string,
): ExtractorIdentity => ({
  name,
  sha256,
  resizeFilter: preparation === '' ? resizeFilter : `${preparation}, ${resizeFilter}`,
})

/** @throws FolderError where films cannot be decoded, FeaturesError as the extractor does */
export const featuresOfFolder = async (
  films: OpenFilms,
  extractor: Extractor,
  { cache: folder, preparation, onProgress, ...stream }: FolderFeaturesOptions,
): Promise<FolderFeatures> => {
  const { columns } = extractor
  const identity = preparedIdentity(extractor, preparation)
  const cache = folder === undefined ? undefined : featureCache(folder, identity, columns)
  const all = films.films
  const values = new Float32Array(all.length * columns)
  const digests: string[] = []
  const missing: number[] = []
  for (const [i, { path }] of all.entries()) {
    stream.signal?.throwIfAborted()
    digests.push(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    )
    const kept = await cache?.get(digests[i]!)
    if (kept) values.set(kept, i * columns)
    else missing.push(i)
  }
  let done = all.length - missing.length
  onProgress?.(done, all.length)
  const { pixels } = streamOf(films, stream, missing.map((i) => all[i]!)) // prettier-ignore
  let turn = 0
  for await (const row of rowsOfFilms(extractor, pixels(), { height: stream.size, width: stream.size })) {
    stream.signal?.throwIfAborted()
    const i = missing[turn++]!
    values.set(row, i * columns)
    await cache?.put(digests[i]!, row)
    done++
    onProgress?.(done, all.length)
  }
  const set = { values, rows: all.length, columns, extractor: identity, units: all.map(({ unit }) => unit) }
  return { set, digests, kept: all.length - missing.length }
}
