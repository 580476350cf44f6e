// Entry of `check-shares`.
import { type MetricRow, metricRow, type RunOf, type Table } from '@radiograft/pipeline'
import { MetricError } from '../MetricError.ts'
import type { checkShares } from './checkShares.ts'
import { classWord } from './classWord.ts'
import { absentVerdict, isInside, recoveredVerdict, type KnownShare } from './knownShares.ts'

const PREFIX = 'known-share-'
/** Of all sets together. */
const ALL = 'known-mixes'

export const run: RunOf<typeof checkShares> = ({ params, inputs }) => {
  const metrics = inputs.metrics.flat()
  const known = inputs.known ?? []
  if (!inputs.known && (params.absent === '' || params.arms.length === 0))
    throw new MetricError('known', 'is not wired and no class is absent: there is nothing to check')
  const find = (arm: string, metric: string, rows: ReadonlyArray<MetricRow> = metrics): ReadonlyArray<MetricRow> =>
    rows.filter((row) => row.arm === arm && row.metric === metric && !Number.isNaN(row.value))

  const nameOf = ({ metric }: MetricRow): string => metric.slice(PREFIX.length)
  const shares = known.flatMap((of): ReadonlyArray<KnownShare> => {
    const [{ arm, value, n }, name] = [of, nameOf(of)]
    const seeds = inputs.metrics.filter((rows) =>
      rows.some((one) => one.arm === arm && /^(predicted-)?share-/.test(one.metric)),
    )
    return (seeds.length > 0 ? seeds : [[]]).map((rows) => {
      const [found] = find(arm, `share-${name}-simultaneous`, rows)
      const [source] = find('source', `share-${name}`, rows)
      return { arm, name, n, known: value, found, source: source?.value }
    })
  })
  const absent = [
    ...known.filter(({ value }) => value === 0).map((of) => ({ arm: of.arm, name: nameOf(of) })),
    ...(params.absent === '' ? [] : params.arms.map((arm) => ({ arm, name: classWord(params.absent) }))),
  ].map(({ arm, name }) => ({
    arm,
    name,
    ...absentVerdict(name, find(arm, `found-${name}`), find(arm, `shown-${name}`)),
  }))
  const measured = shares.filter(({ found }) => found !== undefined)
  const all = inputs.known ? [recoveredVerdict(shares)] : []
  return {
    metrics: [
      ...(measured.length > 0
        ? [row(ALL, 'known-shares-recovered', measured.filter(isInside).length / measured.length, measured.length)]
        : []),
      ...absent
        .filter(({ missing }) => missing !== undefined)
        .map(({ arm, missing, seeds }) => row(arm, 'absent-class-missing', missing!, seeds)),
    ],
    recovered: recoveredTable(shares),
    verdicts: {
      title: 'Whether shares that are known are found',
      rows: 'P4, P11',
      columns: ['rows', 'claim', 'arm', 'verdict', 'because'],
      cells: [
        ...all.map(({ verdict, why }) => [
          'P4',
          'Known shares lie within the bounds of those found.',
          ALL,
          verdict,
          why,
        ]),
        ...absent.map(({ arm, name, verdict, why }) => [
          'P11',
          `${name} is not there and is missed.`,
          arm,
          verdict,
          why,
        ]),
      ],
      note: 'A measure that fails here says nothing of a generator either.',
    },
  }
}

const row = (arm: string, metric: string, value: number, n: number): MetricRow => metricRow({ arm, metric, value, n })

const recoveredTable = (shares: ReadonlyArray<KnownShare>): Table => ({
  title: 'Known shares of classes, and what was found',
  rows: 'P4',
  columns: ['set', 'class', 'films', 'known share', 'found', 'low', 'high', 'within', 'share in the source'],
  cells: shares.map((share) => {
    const { arm, name, n, known, found, source = null } = share
    const figures = found
      ? [found.value, found.low, found.high, isInside(share) ? 'yes' : 'no']
      : [null, null, null, 'not measured']
    return [arm, name, n, known, ...figures, source]
  }),
  note:
    'Sets of held-out films whose classes are known, by the classifier that judges generated films; the source is the other held-out patients. Bounds ' +
    'hold for all classes of all sets together (95 %); of several seeds, for those of one, and each has a row.',
})
