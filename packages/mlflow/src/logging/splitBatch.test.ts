import { expect, it } from '@jest/globals'
import { splitBatch } from './splitBatch.ts'

const metrics = (n: number) => Array.from({ length: n }, (_, i) => ({ key: 'm', value: i, timestamp: 0, step: i }))
const pairs = (n: number, value = '') => Array.from({ length: n }, (_, i) => ({ key: `k${i}`, value }))
const none = { params: [], tags: [], metrics: [] }
const counts = (batch: Partial<Parameters<typeof splitBatch>[0]>) =>
  [...splitBatch({ ...none, ...batch })].map(({ params, tags, metrics }) => [
    params.length,
    tags.length,
    metrics.length,
  ])

it.each<[string, Partial<Parameters<typeof splitBatch>[0]>, ReadonlyArray<ReadonlyArray<number>>]>([
  ['nothing', {}, []],
  ['1000 metrics', { metrics: metrics(1000) }, [[0, 0, 1000]]],
  [
    '1001 metrics',
    { metrics: metrics(1001) },
    [
      [0, 0, 1000],
      [0, 0, 1],
    ],
  ],
  ['100 params', { params: pairs(100) }, [[100, 0, 0]]],
  [
    '250 params',
    { params: pairs(250) },
    [
      [100, 0, 0],
      [100, 0, 0],
      [50, 0, 0],
    ],
  ],
  [
    '101 tags',
    { tags: pairs(101) },
    [
      [0, 100, 0],
      [0, 1, 0],
    ],
  ],
  ['1000 together', { params: pairs(100), tags: pairs(100), metrics: metrics(800) }, [[100, 100, 800]]],
  [
    '1001 together',
    { params: pairs(100), tags: pairs(100), metrics: metrics(801) },
    [
      [100, 100, 800],
      [0, 0, 1],
    ],
  ],
])('%s', (_, batch, expected) => expect(counts(batch)).toEqual(expected))

it('stays under 1 MB, and keeps order and all', () => {
  // 100 tags of 8,000 three-byte characters: 2.4 MB
  const tags = pairs(100, '…'.repeat(8000))
  const batches = [...splitBatch({ ...none, tags })]
  expect(batches.map((batch) => Buffer.byteLength(JSON.stringify(batch)) < 950_000)).toEqual([true, true, true])
  expect(batches.flatMap((batch) => batch.tags)).toEqual(tags)
})
