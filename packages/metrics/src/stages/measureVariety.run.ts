// Entry of `measure-variety`. Every generator and the floor (training films, each once) are of equal numbers of films; films too small
// for a measure leave it out, and the table says why and what to read instead.
import { rng } from '@radiograft/random'
import { assertUnseen, type Films, type MetricRow, metricRow, type RunOf, type SplitRow } from '@radiograft/pipeline'
import { checkerboarded } from '../alarms/checkerboarded.ts'
import { checkerboardEnergy, type CheckerboardEnergy } from '../spectrum/checkerboardEnergy.ts'
import { powerSpectrum, type PowerSpectrum } from '../spectrum/powerSpectrum.ts'
import type { DistributionFigure } from '../distribution/distributionFigure.ts'
import { filmAt } from '../distribution/films.ts'
import type { FilmSet } from '../distribution/filmSet.ts'
import { measureDiversity } from '../distribution/measureDiversity.ts'
import { measurePatches } from '../distribution/measurePatches.ts'
import { ssimScales } from '../distribution/multiScaleSsim.ts'
import { pyramidLevels } from '../distribution/laplacianPyramid.ts'
import { MetricError } from '../MetricError.ts'
import { attempt } from './attempt.ts'
import { armsByName } from './generatedArms.ts'
import type { measureVariety } from './measureVariety.ts'
import { readFilms } from './readFilms.ts'

const FLOOR = 'real-floor'

/** Films that are still to be read. */
interface Reading {
  readonly films: Films
  readonly ids: ReadonlyArray<string>
  readonly unitOf: (film: string) => string
}

export const run: RunOf<typeof measureVariety> = async ({ params, inputs, ctx }) => {
  const { real, split, generated, provenance } = inputs
  const random = rng(ctx.seed)
  const arms = armsByName(params.names, generated, [FLOOR])
  const size = sizeOf(arms)
  const patientOf = new Map(split.map((row) => [row.film, row.patient]))
  const some = (ids: ReadonlyArray<string>, n: number, name: string): ReadonlyArray<string> =>
    ids.length <= n ? ids : Array.from(random.fork(name).permutation(ids.length).slice(0, n).toSorted(), (i) => ids[i]!)
  const part = (wanted: SplitRow['part']): ReadonlyArray<string> => {
    const films = split.filter((row) => row.part === wanted).map(({ film }) => film)
    if (films.length === 0) throw new MetricError('split', `has no film in ${wanted}`)
    return films
  }
  assertUnseen(
    provenance,
    split.filter((row) => row.part === 'test'),
  )
  const training = part('train')
  // patches are compared at equal numbers, held-out ones included: their distance is biased by N
  const n = Math.min(
    params.films,
    training.length,
    part('test').length,
    ...[...arms.values()].map(({ size: films }) => films),
  )
  const patientOfFilm = (film: string): string => patientOf.get(film)!
  const heldOut = await readFilms(real, some(part('test'), n, 'held out'), patientOfFilm, size)
  // read one after another: two hundred films of 1024² are 840 MB
  const sets: ReadonlyMap<string, Reading> = new Map([
    [FLOOR, { films: real, ids: some(training, n, 'floor'), unitOf: patientOfFilm }],
    ...[...arms].map(
      ([name, films]) =>
        [name, { films, ids: some(films.ids, n, 'generated'), unitOf: (film: string) => film }] as const,
    ),
  ])
  // films of a generator of this size are what real ones are averaged down to: no filter sets them apart
  const readSet = async ({ films, ids, unitOf }: Reading): Promise<FilmSet> => ({
    ...(await readFilms(films, ids, unitOf, size)),
    resizeFilter: heldOut.resizeFilter,
  })

  const metrics: MetricRow[] = []
  const cells: (string | number | null)[][] = []
  const add = (arm: string, metric: string, value: number, unit = ''): void =>
    void metrics.push(metricRow({ arm, metric, value, n, unit }))
  const figure = (arm: string, { metric, value, low, high }: DistributionFigure): void => {
    metrics.push(metricRow({ arm, metric, value, low, high, n }))
    cells.push([arm, metric, value, low, high, ''])
  }
  const leaveOut = (metric: string, why: string): void => {
    ctx.warn(`${metric} is left out: ${why}`)
    cells.push(['', metric, null, null, null, why])
  }

  const { height, width } = size
  const units = [heldOut.units, ...[...sets.values()].map(({ ids, unitOf }) => ids.map(unitOf))]
  const fewest = Math.min(...units.map((of) => new Set(of).size))
  const pairless = fewest < 2 ? 'a set is of one film or patient: give two or more' : null
  const refusals = {
    'diversity-ms-ssim': pairless ?? refusal(() => ssimScales(height, width)),
    swd: pairless ?? refusal(() => pyramidLevels(height, width)),
  }
  for (const [metric, why] of Object.entries(refusals)) if (why !== null) leaveOut(metric, why)
  const spectrum = attempt(() => spectrumOf(heldOut))
  const references = params.strides.map((stride) => ({
    stride,
    ...('why' in spectrum ? spectrum : attempt(() => checkerboardEnergy(spectrum.taken, stride))),
  }))
  const possible = references.flatMap((one) => ('why' in one ? [] : [one.stride]))
  const patterns = new Map<string, ReadonlyMap<number, CheckerboardEnergy>>()
  let done = 0
  for (const [arm, reading] of sets) {
    const films = await readSet(reading)
    if (refusals['diversity-ms-ssim'] === null)
      figure(arm, measureDiversity(films, arm === FLOOR ? 'real' : 'fake', random.fork('diversity'), params))
    if (refusals.swd === null) figure(arm, measurePatches(heldOut, films, random.fork('patches'), params))
    const own = possible.length > 0 ? spectrumOf(films) : undefined
    patterns.set(arm, new Map(own && possible.map((stride) => [stride, checkerboardEnergy(own, stride)])))
    ctx.progress(++done, sets.size)
  }

  for (const reference of references) {
    const { stride } = reference
    if ('why' in reference) {
      leaveOut(`checkerboard-stride${stride}`, reference.why)
      continue
    }
    for (const [arm, found] of patterns) {
      const pattern = found.get(stride)!
      const { alarm, reasons } = judge(pattern, reference.taken)
      add(arm, `checkerboard-peak-stride${stride}`, pattern.peak)
      add(arm, `checkerboard-rms-stride${stride}`, pattern.rms, 'of white − black')
      add(arm, `checkerboard-alarm-stride${stride}`, alarm ? 1 : 0)
      cells.push([arm, `checkerboard-peak-stride${stride}`, orNull(pattern.peak), null, null, reasons.join('; ')])
    }
  }
  return {
    metrics,
    figures: {
      title: 'Variety, patches and spectra of generated films',
      rows: 'P8, P10',
      columns: ['arm', 'metric', 'value', 'low', 'high', 'why'],
      cells,
      note:
        `${n} films of each set. ${FLOOR}: training films, each once. MS-SSIM of pairs is high where films resemble each other. Patches are compared ` +
        'with held-out films. A pattern is an alarm where it stands three times as high above its frequencies as in held-out films.',
    },
  }
}

/** @throws MetricError when no generator is wired, one has no film, or films are of two sizes */
const sizeOf = (arms: ReadonlyMap<string, Films>): { readonly height: number; readonly width: number } => {
  const [first] = arms.values()
  if (!first) throw new MetricError('generated', 'is wired to no generator')
  for (const [name, { size, height, width }] of arms) {
    if (size === 0) throw new MetricError('generated', `${name} has no film`)
    if (height !== first.height || width !== first.width)
      throw new MetricError(
        'generated',
        `${name} has films of ${height} x ${width}, others of ${first.height} x ${first.width}: measure each size by itself`,
      )
  }
  return { height: first.height, width: first.width }
}

const refusal = (take: () => unknown): string | null => {
  const found = attempt(take)
  return 'why' in found ? found.why : null
}

const spectrumOf = (films: FilmSet): PowerSpectrum => powerSpectrum(each(films), films.height, films.width)

/** One by one: each is a copy in float64. */
function* each(films: FilmSet): Generator<Float64Array> {
  for (let i = 0; i < films.count; i++) yield filmAt(films, i)
}

/** One look at finished films, so that a single one decides. */
const judge = (pattern: CheckerboardEnergy, reference: CheckerboardEnergy): ReturnType<typeof checkerboarded> =>
  reference.peak > 0 && Number.isFinite(reference.peak)
    ? checkerboarded([{ step: 0, ...pattern }], reference, { window: 1 })
    : { alarm: false, reasons: ['held-out films have no spectrum to compare with'], lastGood: null }

const orNull = (v: number): number | null => (Number.isFinite(v) ? v : null)
