// Entry of `measure-distribution`. Of every generator as many films as of every other, as of training films in the floor and as the
// memoriser replays. A measure that the sets are too small for is left out, and the table says why and what to read instead.
import { rng, type Rng } from '@radiograft/random'
import { assertUnseen, type MetricRow, type RunOf, type SplitRow } from '@radiograft/pipeline'
import type { DistributionFigure } from '../distribution/distributionFigure.ts'
import type { FeatureSet } from '../distribution/extractor.ts'
import type { FeatureMeasure } from '../distribution/featureMeasure.ts'
import { featureSetOf } from '../distribution/featureSetOf.ts'
import { frechetMeasure } from '../distribution/frechetMeasure.ts'
import { kernelMeasure } from '../distribution/kernelMeasure.ts'
import { manifoldMeasure } from '../distribution/manifoldMeasure.ts'
import { measureArms } from '../distribution/measureArms.ts'
import { checkSameExtractor } from '../distribution/measureFeatures.ts'
import { principalProjection } from '../distribution/principalProjection.ts'
import { memoriser } from '../distribution/references.ts'
import { takeRows } from '../distribution/takeRows.ts'
import { MetricError } from '../MetricError.ts'
import { attempt } from './attempt.ts'
import { armsByName, contrastName, contrastsOf } from './generatedArms.ts'
import type { measureDistribution } from './measureDistribution.ts'
import { rowsOfFilms } from './rowsOfFilms.ts'

const FLOOR = 'real-floor'
const MEMORISER = 'memoriser'

export const run: RunOf<typeof measureDistribution> = ({ params, inputs, ctx }) => {
  const { real, split, cohort, generated, provenance } = inputs
  const random = rng(ctx.seed)
  const partOf = (part: SplitRow['part']): ReadonlyArray<string> =>
    split.filter((row) => row.part === part).map((row) => row.film)
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  const stranger = split.find(({ film }) => !patientOf.has(film))
  if (stranger) throw new MetricError('cohort', `has no patient of film ${stranger.film}, which the split names`)
  assertUnseen(
    provenance,
    partOf('test').map((film) => ({ film, patient: patientOf.get(film)! })),
  )
  const realSet = (part: SplitRow['part']): FeatureSet =>
    featureSetOf(rowsOfFilms('real', real, partOf(part)), (film) => patientOf.get(film)!, `real (${part})`)
  const [training, heldOut] = [realSet('train'), some(realSet('test'), params.films, random.fork('held out'))]
  const arms = new Map(
    [...armsByName(params.names, generated, [FLOOR, MEMORISER])].map(([name, rows]) => [
      name,
      featureSetOf(rows, undefined, `generated (${name})`),
    ]),
  )
  if (arms.size === 0) throw new MetricError('generated', 'is wired to no generator')
  for (const set of [heldOut, ...arms.values()]) checkSameExtractor(training, set)

  const n = Math.min(params.films, training.rows, ...[...arms.values()].map(({ rows }) => rows))
  const equal = new Map([...arms].map(([name, set]) => [name, some(set, n, random.fork('generated'))]))
  const replayed = memoriser(training, n, random)
  const against = [
    {
      part: 'test',
      reference: heldOut,
      // what no generator can be expected to beat: real films of other patients
      arms: new Map([...equal, [FLOOR, some(training, n, random.fork('floor'))], [MEMORISER, replayed]]),
    },
    {
      part: 'train',
      // as many as held-out films, so that figures that n biases stand beside each other
      reference: some(training, heldOut.rows, random.fork('training')),
      arms: new Map([...equal, [MEMORISER, replayed]]),
    },
  ] as const

  const metrics: MetricRow[] = []
  const cells: (string | number | null)[][] = []
  const measures = measuresOf(training, params)
  for (const [m, { protocol, measure, needs, instead }] of measures.entries()) {
    for (const { part, reference, arms: sets } of against) {
      const small = [reference, ...sets.values()].find(({ rows, units }) => rows < needs || new Set(units).size < 2)
      if (small || !measure) {
        const why = `needs ${needs} films of two patients or more in each set, there are ${small?.rows ?? training.rows}: ${instead}`
        ctx.warn(`${protocol} against ${part} is left out: ${why}`)
        cells.push(['', part, protocol, null, null, null, reference.rows, n, null, '', '', '', why])
        continue
      }
      const contrasts = contrastsOf(params.contrasts, sets)
      const found = measureArms(measure, reference, sets, contrasts, random.fork('resamples').fork(part), params)
      for (const [arm, figure] of found.figures) {
        metrics.push(rowOf(arm, part, figure, figure))
        cells.push(cellsOf(arm, part, figure, figure))
      }
      for (const { figure, value, low, high, ...contrast } of found.contrasts) {
        const arm = contrastName(contrast)
        if (value !== null) metrics.push(rowOf(arm, part, figure, { value, low, high }))
        const why = value === null ? `${contrast.b} is not clear of 0: read the difference` : ''
        cells.push(cellsOf(arm, part, figure, { value, low, high }, why))
      }
    }
    ctx.progress(m + 1, measures.length)
  }
  return {
    metrics,
    figures: {
      title: `Generated films against held-out (test) and training films, at equal numbers, in features of ${training.extractor.name}`,
      rows: 'P2, P9, P10, P11',
      columns: [...columns],
      cells,
      note: note(cohort.some(({ patientKnown }) => !patientKnown)),
    },
  }
}

const columns = [
  'arm',
  'against',
  'metric',
  'value',
  'low',
  'high',
  'n real',
  'n generated',
  'dims',
  'extractor',
  'weights',
  'resize filter',
  'left out because',
] as const

/** What is measured and the films that each set must have for it. A measure is absent where its projection cannot be fitted. */
const measuresOf = (
  training: FeatureSet,
  { dims, neighbours: k }: { readonly dims: number; readonly neighbours: number },
): ReadonlyArray<{
  readonly protocol: string
  readonly measure: FeatureMeasure | undefined
  readonly needs: number
  readonly instead: string
}> => {
  const kept = Math.min(dims, training.columns)
  const { measure: frechet, instead: withoutFrechet } = principal(training, kept)
  const manifold = (['precision', 'recall'] as const).map((which) => {
    const measure = manifoldMeasure(which, { k })
    return {
      protocol: measure.protocol,
      measure,
      needs: k + 1,
      instead: 'read the nearest films of measure-memorisation',
    }
  })
  return [
    { protocol: 'kid', measure: kernelMeasure, needs: 2, instead: 'look at the films themselves' },
    {
      protocol: `fid-principal${kept}`,
      measure: frechet,
      needs: kept + 1,
      instead: withoutFrechet,
    },
    ...manifold,
  ]
}

/** FID on the training films' principal directions; without a measure where they do not span so many. */
const principal = (
  training: FeatureSet,
  dims: number,
): { readonly measure: FeatureMeasure | undefined; readonly instead: string } => {
  const instead = 'read KID, which has no bias, or set dims lower'
  // features may be 0 on every film, as of units that died
  const projection = attempt(() => principalProjection(training, dims))
  return 'why' in projection
    ? { measure: undefined, instead: `${instead} (${projection.why})` }
    : { measure: frechetMeasure(projection.taken), instead }
}

/** n of the films, drawn without replacement, in their order; all where there are no more. */
const some = (set: FeatureSet, n: number, random: Rng): FeatureSet => {
  if (set.rows <= n) return set
  const rows = random.permutation(set.rows).slice(0, n).toSorted()
  return { ...set, ...takeRows(set, rows), units: Array.from(rows, (row) => set.units[row]!) }
}

type Found = { readonly value: number | null; readonly low: number; readonly high: number }

const rowOf = (
  arm: string,
  part: string,
  { metric, n }: DistributionFigure,
  { value, low, high }: Found & { readonly value: number },
): MetricRow => ({ arm, part, metric, value, low, high, n: n.fake!, unit: '' })

const cellsOf = (
  arm: string,
  part: string,
  { metric, n, dims, extractor }: DistributionFigure,
  { value, low, high }: Found,
  why = '',
): (string | number | null)[] => {
  const finite = (v: number | null): number | null => (v !== null && Number.isFinite(v) ? v : null)
  const { name, sha256, resizeFilter } = extractor
  return [
    arm,
    part,
    metric,
    value,
    finite(low),
    finite(high),
    n.real,
    n.fake,
    dims,
    name,
    sha256 ?? '',
    resizeFilter,
    why,
  ]
}

const note = (byFilm: boolean): string =>
  `${FLOOR}: as many training films against the held-out ones. ${MEMORISER}: training films replayed; a generator that is as near to ` +
  'training films as it, and no nearer to held-out ones, copies. FID is taken on the directions in which training films vary most, so it ' +
  'compares within this training set only. Figures of two extractors, or of other n where the measure is biased by it, are not compared.' +
  (byFilm ? ' No map of patients was given: films stand for patients, and intervals may be too narrow.' : '')
