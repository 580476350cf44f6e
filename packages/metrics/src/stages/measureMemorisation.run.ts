// Entry of `measure-memorisation`: pixels, and the features of each extractor that is wired, each space by itself.
import { histogramPicture, pictureGrid } from '@radiograft/figures'
import { assertUnseen, type MetricRow, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { clopperPearson, type ShareInterval } from '../clopperPearson.ts'
import { MetricError } from '../MetricError.ts'
import { blockedOnExport } from '../memorisation/blockedOnExport.ts'
import { copyExcess, type CopyExcess } from '../memorisation/copyExcess.ts'
import { memorisationReport, type MemorisationReport } from '../memorisation/memorisationReport.ts'
import { nearerInterval, type NearnessFilms } from '../memorisation/nearerInterval.ts'
import { trainingLean, type TrainingLean } from '../memorisation/trainingLean.ts'
import { featureSpace, pixelSpace, type FilmSpace } from './filmSpaces.ts'
import type { measureMemorisation } from './measureMemorisation.ts'
import { neighbourScores, neighboursTable } from './neighboursTable.ts'
import { searchSpace, type SearchedParts } from './searchSpace.ts'

interface SpaceReport extends MemorisationReport {
  readonly distances: NearnessFilms
  readonly lean: TrainingLean
  readonly excess: CopyExcess
}

export const run: RunOf<typeof measureMemorisation> = async ({ params, inputs, ctx }) => {
  const { real, split, generated, realFeatures, generatedFeatures, provenance } = inputs
  const heldOut = split.filter((row) => row.part === 'test')
  assertUnseen(provenance, heldOut)
  const known = new Set(real.ids)
  const seen = provenance.flat().filter(({ film }) => known.has(film))
  const trained = split.filter((row) => row.part === 'train')
  const patients = new Map([...seen, ...trained, ...heldOut].map(({ film, patient }) => [film, patient]))
  const parts: SearchedParts = {
    generated: generated.ids,
    training: [...new Set([...trained, ...seen].map(({ film }) => film))].toSorted(),
    heldOut: heldOut.map(({ film }) => film),
    patientOf: (film) => patients.get(film)!,
  }
  for (const name of ['generated', 'training', 'heldOut'] as const)
    if (parts[name].length === 0) throw new MetricError(name, 'holds no film: nothing can be compared')

  const { rate, level, side } = params
  const shown = Math.max(rate, 1 / (parts.heldOut.length + 1))
  if (shown > rate)
    ctx.warn(
      `${parts.heldOut.length} held-out films cannot show a rate of ${rate}: near copies are called at ${shown.toPrecision(2)}`,
    )
  if (realFeatures.length !== generatedFeatures.length)
    throw new MetricError(
      'realFeatures, generatedFeatures',
      `${realFeatures.length} and ${generatedFeatures.length} are wired: wire both of each extractor, or none`,
    )
  const spaces: ReadonlyArray<FilmSpace> = [
    pixelSpace(real, generated, side),
    ...realFeatures.map((features, i) => featureSpace(features, generatedFeatures[i]!)),
  ]
  const random = rng(ctx.seed)
  // "memorised" may be found in any space by either test: each has its part of the level, and deals enough to reach it
  const levelEach = level / spaces.length
  const permutations = Math.max(params.permutations, Math.ceil(2 / levelEach - 1e-9) - 1)
  const reports: Record<string, SpaceReport> = {}
  for (const [i, space] of spaces.entries()) {
    if (reports[space.name])
      throw new MetricError('realFeatures', `two are ${space.name}: give each extractor once, by a name of its own`)
    const found = await searchSpace(space, parts, params.compared, random.fork('compared'))
    const lean = trainingLean(found.lean, random.fork('deals'), { permutations })
    const who = { patientOf: parts.patientOf, training: found.lean.training, heldOut: found.lean.heldOut }
    const excess = copyExcess(found.distances, who, random.fork('copies'), { rate: shown, permutations })
    const { samplesToTraining, heldOutToTraining } = found.distances
    reports[space.name] = {
      ...memorisationReport(found.distances, { copies: excess, lean }, { rate: shown, level: levelEach }),
      lean,
      excess,
      distances: {
        samples: samplesToTraining.distances,
        heldOut: heldOutToTraining.distances,
        patients: heldOutToTraining.ids.map(parts.patientOf),
      },
    }
    if (reports[space.name]!.memorised === null)
      ctx.warn(
        `whether the generator memorises cannot be told in ${space.name}: ${excess.near} films are near copies, but of too few patients, or too few ` +
          'are held out, for chance to be ruled out',
      )
    ctx.progress(i + 1, spaces.length)
  }

  const n = parts.generated.length
  const metrics = Object.entries(reports).flatMap(
    ([space, { samples, threshold, memorised, distances, lean, excess }]) => {
      const row = (metric: string, figure: Partial<ShareInterval> & { readonly value: number }): MetricRow =>
        rowOf(params.arm, `${metric}-${space}`, figure, n)
      const copies = samples.filter(({ nearCopy }) => nearCopy).length
      return [
        // of this generator's films under this threshold: films are made apart from each other, whatever training film each is near
        row('near-copy-share', clopperPearson(copies, n)),
        row('near-copy-chance', { value: excess.p }),
        row('near-copy-below', { value: threshold }),
        row('nearer-to-training', nearerInterval(distances, random.fork('nearer').fork(space), params)),
        row('leans-to-training', lean),
        row('lean-chance', { value: lean.p }),
        row('memorised', { value: memorised === null ? NaN : memorised ? 1 : 0 }),
      ]
    },
  )
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
