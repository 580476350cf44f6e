// Entry of `measure-memorisation`: two spaces at most, in each three searches. Pixels are standardised averages at a small size, as two
// films of one patient at one pose differ in noise, brightness and contrast and not in these (phantom answer 11).
import { histogramPicture, pictureGrid } from '@radiograft/figures'
import { assertUnseen, type FeatureRow, type Films, type MetricRow, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { clopperPearson, type ShareInterval } from '../clopperPearson.ts'
import { MetricError } from '../MetricError.ts'
import { blockedOnExport } from '../memorisation/blockedOnExport.ts'
import { memorisationReport, type MemorisationReport } from '../memorisation/memorisationReport.ts'
import { nearerInterval, type NearnessFilms } from '../memorisation/nearerInterval.ts'
import { nearestFilms, type FeatureRows, type NearestFilms } from '../memorisation/nearestFilms.ts'
import { checkSameExtractor } from '../distribution/measureFeatures.ts'
import { featureSetOf } from './featureSetOf.ts'
import { filmVectors } from './filmVectors.ts'
import type { measureMemorisation } from './measureMemorisation.ts'
import { neighbourScores, neighboursTable } from './neighboursTable.ts'
import { rowsOfFilms } from './rowsOfFilms.ts'

interface SpaceReport extends MemorisationReport {
  readonly distances: NearnessFilms
}

interface Parts {
  readonly generated: ReadonlyArray<string>
  readonly training: ReadonlyArray<string>
  readonly heldOut: ReadonlyArray<string>
}

export const run: RunOf<typeof measureMemorisation> = async ({ params, inputs, ctx }) => {
  const { real, split, generated, realFeatures, generatedFeatures, provenance } = inputs
  const heldOut = split.filter((row) => row.part === 'test')
  assertUnseen(provenance, heldOut)
  const known = new Set(real.ids)
  const seen = provenance.flat().flatMap(({ film }) => (known.has(film) ? [film] : []))
  const trained = split.filter((row) => row.part === 'train').map(({ film }) => film)
  const parts: Parts = {
    generated: generated.ids,
    training: [...new Set([...trained, ...seen])].toSorted(),
    heldOut: heldOut.map(({ film }) => film),
  }
  for (const [name, { length }] of Object.entries(parts))
    if (length === 0) throw new MetricError(name, 'holds no film: nothing can be compared')

  const { rate, level, side } = params
  const shown = Math.max(rate, 1 / (parts.heldOut.length + 1))
  if (shown > rate)
    ctx.warn(
      `${parts.heldOut.length} held-out films cannot show a rate of ${rate}: near copies are called at ${shown.toPrecision(2)}`,
    )
  const patientOf = new Map(heldOut.map(({ film, patient }) => [film, patient]))
  const report = (found: Distances): SpaceReport => ({
    ...memorisationReport(found, { rate: shown, level }),
    distances: {
      samples: found.samplesToTraining.distances,
      heldOut: found.heldOutToTraining.distances,
      patients: found.heldOutToTraining.ids.map((film) => patientOf.get(film)!),
    },
  })

  const reports: Record<string, SpaceReport> = {
    [`pixels-${side}x${side}`]: report(await searchPixels(real, generated, parts, side)),
  }
  const spaces = 1 + realFeatures.length
  ctx.progress(1, spaces)
  if (realFeatures.length !== generatedFeatures.length)
    throw new MetricError(
      'realFeatures, generatedFeatures',
      `${realFeatures.length} and ${generatedFeatures.length} are wired: wire both of each extractor, or none`,
    )
  for (const [i, features] of realFeatures.entries()) {
    const { name, distances } = searchFeatures(features, generatedFeatures[i]!, parts)
    if (reports[`features-${name}`])
      throw new MetricError('realFeatures', `two are of ${name}: give each extractor once, by a name of its own`)
    reports[`features-${name}`] = report(distances)
    ctx.progress(i + 2, spaces)
  }

  const n = parts.generated.length
  const random = rng(ctx.seed).fork('nearer')
  const metrics = Object.entries(reports).flatMap(([space, { samples, p, z, threshold, memorised, distances }]) => {
    const row = (metric: string, figure: Partial<ShareInterval> & { readonly value: number }): MetricRow =>
      rowOf(params.arm, `${metric}-${space}`, figure, n)
    const copies = samples.filter(({ nearCopy }) => nearCopy).length
    return [
      // of this generator's films under this threshold: films are made apart from each other, whatever training film each is near
      row('near-copy-share', clopperPearson(copies, n)),
      row('near-copy-p', { value: p }),
      row('near-copy-below', { value: threshold }),
      row('nearer-to-training', nearerInterval(distances, random.fork(space), params)),
      row('nearer-to-training-z', { value: z }),
      row('memorised', { value: memorised ? 1 : 0 }),
    ]
  })
  const blocked = blockedOnExport(reports).length
  return {
    metrics: [
      ...metrics,
      rowOf(params.arm, 'near-copies-blocked', { value: blocked }, n),
      rowOf(params.arm, 'near-copy-rate', { value: shown }, n),
    ],
    scores: neighbourScores(reports),
    neighbours: neighboursTable(reports, params.shown),
    figure: {
      title: 'Distance to the nearest film',
      caption:
        'Generated films to training films beside held-out films to training films: equal where nothing was memorised, the former to the left ' +
        'where films were copied. Left of the dotted line are near copies. Films held out are fewer, so they are farther away.',
      row: 'P10',
      mediaType: 'image/svg+xml',
      bytes: new TextEncoder().encode(drawn(reports)),
    },
  }
}

const rowOf = (
  arm: string,
  metric: string,
  { value, low = NaN, high = NaN }: Partial<ShareInterval> & { readonly value: number },
  n: number,
): MetricRow => ({ arm, part: 'test', metric, value, low, high, n, unit: '' })

type Distances = Readonly<Record<'samplesToTraining' | 'samplesToHeldOut' | 'heldOutToTraining', NearestFilms>>

/** Training films pass block by block, so memory holds generated and held-out films alone. */
const searchPixels = async (real: Films, generated: Films, parts: Parts, side: number): Promise<Distances> => {
  const samples = await joined(filmVectors(generated, parts.generated, side))
  const heldOut = await joined(filmVectors(real, parts.heldOut, side))
  const [samplesToTraining, heldOutToTraining] = [nearestFilms(samples), nearestFilms(heldOut)]
  for await (const block of filmVectors(real, parts.training, side)) {
    samplesToTraining.offer(block)
    heldOutToTraining.offer(block)
  }
  return {
    samplesToTraining: samplesToTraining.result(),
    samplesToHeldOut: nearestFilms(samples).offer(heldOut).result(),
    heldOutToTraining: heldOutToTraining.result(),
  }
}

const joined = async (blocks: AsyncIterable<FeatureRows>): Promise<FeatureRows> => {
  const all: FeatureRows[] = []
  for await (const block of blocks) all.push(block)
  const values = new Float64Array(all.reduce((sum, block) => sum + block.values.length, 0))
  let at = 0
  for (const block of all) {
    values.set(block.values, at)
    at += block.values.length
  }
  return { ids: all.flatMap(({ ids }) => ids), values }
}

const searchFeatures = (
  real: ReadonlyArray<FeatureRow>,
  generated: ReadonlyArray<FeatureRow>,
  parts: Parts,
): { readonly name: string; readonly distances: Distances } => {
  const setOf = (argument: string, rows: ReadonlyArray<FeatureRow>, films: ReadonlyArray<string>) =>
    featureSetOf(argument, rowsOfFilms(argument, rows, films), (film) => film)
  const samples = setOf('generatedFeatures', generated, parts.generated)
  const [training, heldOut] = [parts.training, parts.heldOut].map((films) => setOf('realFeatures', real, films))
  for (const set of [training!, heldOut!]) checkSameExtractor(set, samples)
  const rows = ({ units, values }: typeof samples): FeatureRows => ({ ids: units, values })
  return {
    name: samples.extractor.name,
    distances: {
      samplesToTraining: nearestFilms(rows(samples)).offer(rows(training!)).result(),
      samplesToHeldOut: nearestFilms(rows(samples)).offer(rows(heldOut!)).result(),
      heldOutToTraining: nearestFilms(rows(heldOut!)).offer(rows(training!)).result(),
    },
  }
}

const drawn = (reports: Readonly<Record<string, MemorisationReport>>): string =>
  pictureGrid({
    title: 'Distance to the nearest film',
    columns: 1,
    pictures: Object.entries(reports).map(([space, { distributions, threshold }]) =>
      histogramPicture({
        title: `In ${space}`,
        xLabel: 'distance',
        series: [
          { name: 'generated to training', values: distributions.samplesToTraining },
          { name: 'held-out to training', values: distributions.heldOutToTraining },
          { name: 'generated to held-out', values: distributions.samplesToHeldOut },
        ],
        marks: [{ name: 'near copy', x: threshold }],
      }),
    ),
  })
