// `radiograft fid`: how far the films of one folder are from those of another, in one feature space, with intervals; and
// the ladder, which says whether that space sees what is wrong with films. Everything is loaded only when it is called,
// because a run without that question loads this package's commands too.
import type { ExtractorIdentity } from '@radiograft/metrics/distribution'
import type { Ladder } from '../ladder/corruptionLadder.ts'
import type { OpenFilms } from './openFilms.ts'
import type { MeasuredFigure } from './measureSets.ts'

/** `pixels`, or MobileNetV2 from a folder. */
export type ExtractorChoice = { readonly kind: 'pixels' } | { readonly kind: 'mobilenet'; readonly folder: string }

export interface MeasureFoldersOptions {
  readonly extractor: ExtractorChoice
  /** side to which all films are brought first @default their own, which has to be one */
  readonly size?: number | undefined
  /** draw so many films of each folder @default all */
  readonly films?: number | undefined
  readonly skipBad?: boolean | undefined
  readonly laterals?: 'refuse' | 'drop' | undefined
  /** the ladder on the first folder @default false */
  readonly ladder?: boolean | undefined
  /** folder of kept features @default none are kept */
  readonly cache?: string | undefined
  /** threads that decode @default 2 */
  readonly workers?: number | undefined
  /** Brings tensors up; called before a network is used. */
  readonly startTensors: () => Promise<unknown>
  /** films done, of all, of what is being done */
  readonly onProgress?: ((what: string, done: number, films: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface MeasuredFolder {
  readonly folder: string
  readonly layout: string | null
  readonly films: number
  /** null where it is not known */
  readonly patients: number | null
  readonly left: number
}

export interface MeasuredFolders {
  /** for --json and fid.json */
  readonly record: {
    readonly first: MeasuredFolder
    readonly second: MeasuredFolder | null
    readonly extractor: ExtractorIdentity
    readonly size: number
    readonly figures: ReadonlyArray<MeasuredFigure>
    readonly ladder: { readonly size: number; readonly corruptions: ReadonlyArray<Ladder> } | null
    readonly notes: ReadonlyArray<string>
    readonly warnings: ReadonlyArray<string>
  }
  /** films whose features were kept from before */
  readonly kept: number
  /** the ladder as SVG */
  readonly plot: string | undefined
}

/** Films of the ladder are brought to it where they are larger: a corruption is a share of the side, so it shows as well. */
const LADDER_SIDE = 256
/** Pairs of units of one set are held in memory by KID. */
const MOST = 10_000

/**
 * @param second left out: the ladder alone
 * @throws FolderError, FilmSetError naming the film or the folder; LayersModelError naming what is wrong with the network
 * @throws the signal's reason once it is aborted
 */
export const measureFolders = async (
  first: string,
  second: string | undefined,
  options: MeasureFoldersOptions,
): Promise<MeasuredFolders> => {
  const { extractor: choice, size: asked, workers = 2, signal, cache, onProgress } = options
  const { openFilms } = await import('./openFilms.ts')
  const { commonSide } = await import('./commonSide.ts')
  const { FilmSetError } = await import('./FilmSetError.ts')
  const { preparedIdentity } = await import('./featuresOfFolder.ts')
  const choices = { skipBad: options.skipBad ?? false, laterals: options.laterals ?? 'refuse', films: options.films }
  // the network is read first: a wrong one should not be told after an hour of films
  const network = choice.kind === 'mobilenet' ? await readNetwork(choice.folder) : undefined
  const open = async (folder: string): Promise<OpenFilms> => {
    const found = await openFilms(folder, choices)
    if (!choices.skipBad) return found
    return (await import('./withoutDamaged.ts')).withoutDamaged(found, { workers, signal })
  }
  const sets = [await open(first)]
  if (second !== undefined) sets.push(await open(second))
  for (const { folder, films } of sets) {
    if (new Set(films.map(({ unit }) => unit)).size < 2)
      throw new FilmSetError(
        folder,
        `${films.length} film(s) of one patient: no measure can be taken, the interval is over patients. Give two patients or more; ` +
          'from 16 films on KID says something, FID from 64',
      )
    if (films.length > MOST) throw new FilmSetError(folder, `${films.length} films: draw ${MOST} or fewer with --films`)
  }
  signal?.throwIfAborted()
  const size = asked ?? commonSide(sets)
  const preparation = asked === undefined ? '' : `letterbox-${asked}`
  if (network) await options.startTensors()
  const { pixelExtractor } = await import('../extractors/pixelExtractor.ts')
  const extractor = network
    ? (await import('../extractors/networkExtractor.ts')).networkExtractor(network)
    : pixelExtractor()
  const stream = { workers, signal }
  try {
    const compared = sets.length === 2 ? await compare() : { figures: [], notes: [], warnings: [], kept: 0 }
    const ladder = options.ladder === true ? await climb(sets[0]!) : undefined
    const { figures, notes, warnings, kept } = compared
    const { ladderPlot } = await import('./ladderPlot.ts')
    return {
      record: {
        first: describe(sets[0]!),
        second: sets[1] ? describe(sets[1]) : null,
        extractor: preparedIdentity(extractor, preparation),
        size,
        figures,
        ladder: ladder ?? null,
        notes,
        warnings,
      },
      kept,
      plot: ladder && ladderPlot(`Does KID rise when films get worse? ${extractor.name}`, ladder.corruptions),
    }
  } finally {
    extractor.dispose()
  }

  async function compare() {
    const { featuresOfFolder } = await import('./featuresOfFolder.ts')
    const { measureSets } = await import('./measureSets.ts')
    const found = []
    const all = sets.reduce((sum, { films }) => sum + films.length, 0)
    let before = 0
    for (const set of sets) {
      const own = before
      const progress = (done: number): void => onProgress?.('extracting features', own + done, all)
      found.push(await featuresOfFolder(set, extractor, { ...stream, size, preparation, cache, onProgress: progress }))
      before += set.films.length
    }
    const [a, b] = found as [(typeof found)[0], (typeof found)[0]]
    return { ...measureSets(a.set, b.set), warnings: warningsOf(sets, a.digests, b.digests), kept: a.kept + b.kept }
  }

  async function climb(films: OpenFilms) {
    const { ladderFeatures, measureLadder } = await import('../ladder/corruptionLadder.ts')
    const { streamOf } = await import('./streamOf.ts')
    const { kernelMeasure } = await import('@radiograft/metrics/distribution')
    const { rng } = await import('@radiograft/random')
    const side = Math.min(size, LADDER_SIDE)
    const progress = (done: number, n: number): void => onProgress?.('climbing the ladder', done, n)
    const features = await ladderFeatures(extractor, streamOf(films, { ...stream, size: side }), rng('ladder'), {
      onProgress: progress,
      ...(signal && { signal }),
    })
    return { size: side, corruptions: measureLadder(kernelMeasure, features, rng('ladder'), { resamples: 1000 }) }
  }
}

const readNetwork = async (folder: string) => (await import('../extractors/mobilenetV2.ts')).readMobilenetV2(folder)

const describe = ({ folder, layout, films, patientsKnown, left }: OpenFilms): MeasuredFolder => ({
  folder,
  layout: layout ?? null,
  films: films.length,
  patients: patientsKnown ? new Set(films.map(({ unit }) => unit)).size : null,
  left,
})

/** What makes two sets look nearer than they are. */
const warningsOf = (
  [first, second]: ReadonlyArray<OpenFilms>,
  ours: ReadonlyArray<string>,
  theirs: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const known = new Set(ours)
  const same = theirs.filter((digest) => known.has(digest)).length
  const patients = new Set(first!.films.map(({ unit }) => unit))
  const shared = new Set(second!.films.map(({ unit }) => unit).filter((unit) => patients.has(unit))).size
  const both = first!.patientsKnown && second!.patientsKnown
  return [
    ...(same > 0 ? [`${same} films of the second folder lie in the first one too, byte for byte: the sets look nearer than they are.`] : []), // prettier-ignore
    ...(both && shared > 0 && same < shared
      ? [`${shared} patients are in both folders: the sets look nearer than they are.`]
      : []),
  ]
}
