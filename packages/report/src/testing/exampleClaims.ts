// A table of claims as `judge-claims` gives it: one that cannot be told, one that holds, one that fails, one not measured.
import type { Table } from '@radiograft/pipeline'

type Claim = Readonly<Record<string, string | number | null>>

/** What a claim has none of. */
const nothing: Claim = {
  'paper gain': null,
  gain: null,
  low: null,
  high: null,
  n: null,
  'smallest difference': null,
  unit: 'AP',
  arm: '',
  metric: '',
  'films that would tell': null,
  flag: '',
}

const claims: ReadonlyArray<Claim> = [
  {
    ...nothing,
    rows: 'G24, G25, G35',
    claim: 'Residual attention raises AP.',
    'the paper': 'Table 1: +align .240, +align,attn .242; Table 2: .476 to .520.',
    'paper gain': 0.002,
    ours: '+0.012 [-0.019, 0.044], n 250',
    gain: 0.0123,
    low: -0.0192,
    high: 0.0438,
    n: 250,
    'smallest difference': 0.047,
    arm: 'attention − plain',
    metric: 'ap-rsna-0.40:0.75',
    verdict: 'cannot tell',
    'films that would tell': 61_400,
    flag: 'A gain of .002 in Table 1 and .044 in Table 2, both without an interval; the gain is the best of eight chosen on the reported films.',
  },
  {
    ...nothing,
    rows: 'G5',
    claim: 'Alignment raises AP.',
    'the paper': 'Table 1: .239 to .240.',
    'paper gain': 0.001,
    ours: '+0.021 [0.004, 0.038], n 250',
    gain: 0.021,
    low: 0.004,
    high: 0.038,
    n: 250,
    'smallest difference': 0.024,
    arm: 'aligned − plain',
    metric: 'ap-rsna-0.40:0.75',
    verdict: 'holds',
  },
  {
    ...nothing,
    rows: 'G26',
    claim: 'Even schedules outperform.',
    'the paper': 'Table 3: 1:1 .240.',
    ours: '-0.031 [-0.05, -0.01], n 250',
    gain: -0.031,
    low: -0.05,
    high: -0.01,
    n: 250,
    verdict: 'fails',
  },
  {
    ...nothing,
    rows: 'G22, G24, G30',
    claim: 'Pseudo-abnormal films raise AP.',
    'the paper': 'Table 1: +align .240, +align,syn .256; +all .260.',
    'paper gain': 0.016,
    ours: 'no arm of it in this run',
    verdict: 'cannot tell',
    flag: '“About 20,000” hosts is the whole set, not a training side of four folds (G31).',
  },
]

const columns: ReadonlyArray<string> = [
  'rows',
  'claim',
  'the paper',
  'paper gain',
  'ours',
  'gain',
  'low',
  'high',
  'n',
  'smallest difference',
  'unit',
  'arm',
  'metric',
  'verdict',
  'films that would tell',
  'flag',
]

export const exampleClaims = (): Table => ({
  title: 'The paper’s claims and our verdicts',
  rows: 'G24–G27, G35',
  columns,
  cells: claims.map((claim) => columns.map((name) => claim[name] ?? null)),
  note: 'Intervals are 95 % over test patients with 1 training seed(s); with one seed the verdict is “cannot tell”.',
})
