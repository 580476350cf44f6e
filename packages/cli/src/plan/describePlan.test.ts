import { describe, expect, it } from '@jest/globals'
import { resolvePipeline } from '@radiograft/pipeline'
import type { NodeStatus, Plan } from '@radiograft/runner'
import tiny from '../fixtures/tiny.ts'
import type { Price } from '../price/pricePlan.ts'
import { paintFor } from '../text/paint.ts'
import { costLines } from './costLines.ts'
import { describeStatus, notBuiltWarning, planSummary, wholePlan } from './describePlan.ts'

const statuses: Readonly<Record<string, NodeStatus>> = {
  'count[twice=off]': { _tag: 'hit', key: 'k', manifest: {} as never },
  'count[twice=on]': { _tag: 'miss', key: 'k', parts: {} as never, reason: 'params.n 8 → 18' },
  'sum[twice=off]': { _tag: 'hit', key: 'k', manifest: {} as never },
  'sum[twice=on]': { _tag: 'unknown', until: 'count[twice=on]' },
}
const planOf = (preset: string): Plan => {
  const pipeline = resolvePipeline(tiny, { preset, sets: { 'sum.arm': 'mine' } })
  const nodes = pipeline.nodes
    .filter(({ stage }) => stage !== undefined)
    .map((node) => ({ node, status: statuses[node.label]!, seconds: node.id === 'count' ? 75 : undefined }))
  return {
    pipeline,
    nodes,
    counts: { hit: 2, miss: 1, unknown: 1 },
    code: new Map([['x', { versions: { effect: '4.0.6', 'a/node_modules/b': '1.0.0' } }]]),
    options: { threads: 2, runtime: { backend: 'tensorflow', version: '2.21.0', precision: 'fp32' } },
  } as unknown as Plan
}
const price = (basis: Price['basis'], seconds?: number, bytes = 0): Price => ({ basis, seconds, bytes })
const costs = {
  prices: {
    byLabel: new Map([
      ['count[twice=on]', price('price list', 75, 3e9)],
      ['sum[twice=on]', price('none')],
    ]),
    seconds: 75,
    bytes: 3e9,
  },
  free: 2e9,
}
const plain = paintFor(false)

it('before a run: what, how much is there, what it takes, why', () => {
  expect(planSummary(planOf('paper'), costs, plain)).toEqual([
    'tiny · preset paper · seed 1 · 2 cells · films: phantom',
    '4 stages: 2 hits, 1 to compute, 1 unknown until then',
    'time: about 1 min 15 s (1 by the price list of two cores, 1 without a price)',
    'disk: about 3.0 GB more in the store, 2.0 GB free: not enough',
    '  count[twice=on]: params.n 8 → 18',
  ])
})

it('a stage that goes on says at which step, before the run and with --dry-run', () => {
  const plan = planOf('paper')
  const checkpoint = { step: 340, total: 2000, secondsLeft: 90 }
  const nodes = plan.nodes.map((planned) =>
    planned.status._tag === 'miss' ? { ...planned, status: { ...planned.status, checkpoint } } : planned,
  )
  const prices = {
    byLabel: new Map([
      ['count[twice=on]', price('checkpoint', 90)],
      ['sum[twice=on]', price('none')],
    ]),
    seconds: 90,
    bytes: 0,
  }
  expect(planSummary({ ...plan, nodes }, { prices, free: undefined }, plain).slice(2)).toEqual([
    'time: about 1 min 30 s (1 by the pace so far, 1 without a price)',
    'disk: about 0 kB more in the store',
    '  count[twice=on]: params.n 8 → 18, goes on at step 340 of 2000',
  ])
  const going = nodes.find(({ status }) => status._tag === 'miss')!
  expect(describeStatus(going)).toBe('miss: params.n 8 → 18, goes on at step 340 of 2000')
  const endless = { ...going.status, checkpoint: { ...checkpoint, total: undefined } } as NodeStatus
  expect(describeStatus({ ...going, status: endless })).toBe('miss: params.n 8 → 18, goes on at step 340')
})

it('--dry-run: every stage, every parameter with its source, versions', () => {
  expect(wholePlan(planOf('paper'), costs, plain)).toEqual([
    'tiny · preset paper · seed 1 · 2 cells · films: phantom',
    '4 stages: 2 hits, 1 to compute, 1 unknown until then',
    'time: about 1 min 15 s (1 by the price list of two cores, 1 without a price)',
    'disk: about 3.0 GB more in the store, 2.0 GB free: not enough',
    '',
    'Stages',
    '  count[twice=off]                hit',
    '  sum[twice=off]                  hit',
    '  count[twice=on]   ≈ 1 min 15 s  miss: params.n 8 → 18',
    '  sum[twice=on]                ?  unknown until count[twice=on]',
    '  ≈ by the price list, from steps measured on two cores; other times are scaled from earlier runs',
    '',
    'Parameters',
    '  n                   9        preset paper',
    '  pause               0        default',
    '  fail                false    default',
    '  twice               off, on  axis, default',
    '  sum[twice=off].arm  "mine"   --set',
    '  sum[twice=on].arm   "mine"   --set',
    '',
    'Versions',
    `  effect 4.0.6, node ${process.versions.node}`,
    '  runtime: tensorflow 2.21.0, fp32, 2 threads',
  ])
})

it('paper lists what does not exist yet; other presets do not', () => {
  expect(notBuiltWarning(planOf('paper'), plain)).toEqual([
    'Not built yet, so the paper is not reproduced in these rows:',
    '  G99  cubes',
  ])
  expect(notBuiltWarning(planOf('default'), plain)).toEqual([])
})

describe('what it takes', () => {
  it('rests on earlier runs where there are some', () => {
    const prices = { byLabel: new Map([['a', price('earlier run', 3, 5e6)]]), seconds: 3, bytes: 5e6 }
    expect(costLines({ prices, free: 77e9 }, plain)).toEqual([
      'time: about 3.0 s (1 by earlier runs)',
      'disk: about 5 MB more in the store, 77.0 GB free',
    ])
    expect(costLines({ prices, free: undefined }, plain)[1]).toBe('disk: about 5 MB more in the store')
  })
})

it('a status in a few words', () => {
  expect(planOf('default').nodes.map(describeStatus)).toEqual([
    'hit',
    'hit',
    'miss: params.n 8 → 18',
    'unknown until count[twice=on]',
  ])
})

it('--dry-run of a study: an id of many nodes is one line with their counts and their time', () => {
  const plan = planOf('paper')
  const [count] = plan.nodes
  const many = Array.from({ length: 8 }, (_, i) => ({
    node: { ...count!.node, label: `count[seed=${i}]` },
    status: statuses[i < 3 ? 'count[twice=off]' : i < 4 ? 'count[twice=on]' : 'sum[twice=on]']!,
    seconds: 10,
  }))
  const lines = wholePlan(
    { ...plan, nodes: [...many, ...plan.nodes.filter(({ node }) => node.id === 'sum')] },
    costs,
    plain,
  )
  const at = lines.indexOf('Stages')
  expect(lines.slice(at + 1, at + 3)).toEqual([
    '  count × 8       50 s  3 hits, 1 to compute, 4 unknown until then; times are of all',
    '  sum[twice=off]        hit',
  ])
})
