// Cuts a batch into requests within the server's limits. Used by `logBatch`.
import type { Pair } from '../checks/checkTags.ts'

/** Per request: 1,000 metrics, 100 params, 100 tags, 1,000 of all together, and 1 MB. */
const batchLimits = { metrics: 1000, params: 100, tags: 100, entities: 1000, bytes: 900_000 } as const

export interface WireMetric {
  readonly key: string
  /** NaN and infinities as texts: JSON has no number for them. */
  readonly value: number | string
  readonly timestamp: number
  readonly step: number
}

export interface WireBatch {
  readonly params: Array<Pair>
  readonly tags: Array<Pair>
  readonly metrics: Array<WireMetric>
}

const isEmpty = ({ params, tags, metrics }: WireBatch): boolean => params.length + tags.length + metrics.length === 0

/** Params and tags come first, so that a refused param (they are written once) stops the batch before its metrics. */
export const splitBatch = function* (whole: {
  readonly params: ReadonlyArray<Pair>
  readonly tags: ReadonlyArray<Pair>
  readonly metrics: ReadonlyArray<WireMetric>
}): Generator<WireBatch> {
  let batch: WireBatch = { params: [], tags: [], metrics: [] }
  let bytes = 0
  for (const kind of ['params', 'tags', 'metrics'] as const)
    for (const entity of whole[kind]) {
      const size = Buffer.byteLength(JSON.stringify(entity)) + 1
      const { params, tags, metrics } = batch
      const isFull =
        batch[kind].length === batchLimits[kind] ||
        params.length + tags.length + metrics.length === batchLimits.entities ||
        bytes + size > batchLimits.bytes
      if (isFull) {
        yield batch
        batch = { params: [], tags: [], metrics: [] }
        bytes = 0
      }
      ;(batch[kind] as Array<typeof entity>).push(entity)
      bytes += size
    }
  if (!isEmpty(batch)) yield batch
}
