// What a plan will take: seconds and bytes of every stage that is no hit, scaled from its nearest earlier computation
// where there is one, else by the price list. A plan's own times are those of the nearest earlier computation as it was,
// of 60 steps perhaps where 77,000 are planned.
import { artefactBytes } from '@radiograft/artefact-store'
import type { Artefact, Manifest, Manifests } from '@radiograft/artefact-store'
import type { AnyKind, AnyRef, FilmShape, PriceGiven as Given, StagePrice } from '@radiograft/pipeline'
import type { Plan, PlannedNode } from '@radiograft/runner'
import { priceOf } from './stagePrices.ts'

export interface Price {
  /** undefined where nothing is known */
  readonly seconds: number | undefined
  /** of its films in the store; tables and networks are small beside them */
  readonly bytes: number
  /** `checkpoint`: it goes on, and the rest is expected to take what its steps took so far */
  readonly basis: 'earlier run' | 'price list' | 'checkpoint' | 'none'
}

export interface Prices {
  /** by label, of the stages that are no hit */
  readonly byLabel: ReadonlyMap<string, Price>
  readonly seconds: number
  readonly bytes: number
}

const none: FilmShape = { count: 0, side: 0 }
/** Earlier computations of a stage that are looked at, newest first. */
const mostEarlier = 12
const networkPorts = new Set(['generator', 'detector', 'aligner', 'classifier', 'network'])

const shapeOf = (artefact: Artefact | undefined): FilmShape => {
  const { height, width } = artefact?.meta ?? {}
  return artefact && typeof height === 'number' && typeof width === 'number'
    ? { count: artefact.rows, side: Math.sqrt(height * width) }
    : none
}

const writesFilms = (kind: AnyKind): boolean => kind.storage.layout === 'films'
const filmPorts = ({ node }: PlannedNode): ReadonlyArray<string> =>
  Object.entries(node.stage!.outputs as Readonly<Record<string, AnyKind>>).flatMap(([port, kind]) =>
    writesFilms(kind) ? [port] : [],
  )

const written = (price: StagePrice | undefined, port: string, given: Given): FilmShape =>
  price?.films?.[port]?.(given) ?? given.films
const pixelsOf = ({ count, side }: FilmShape): number => count * side * side

/** Parameters of a trained network: those that it started from, where it goes on from one, under its own. */
const paramsOfNetwork = async (manifest: Manifest, manifests: Manifests): Promise<Given['params']> => {
  const start = manifest.provenance.find(({ port, from }) => networkPorts.has(port) && !from.startsWith('dataset:'))
  const before = start && (await manifests.get(start.from))
  return { ...(before ? await paramsOfNetwork(before, manifests) : {}), ...manifest.keyParts.params }
}

/** What an earlier computation was given, as far as its manifest and those of its inputs tell. */
const givenOf = async (manifest: Manifest, manifests: Manifests): Promise<Given> => {
  let films = none
  let network: Given['network'] = {}
  for (const { port, from, output } of manifest.provenance) {
    if (from.startsWith('dataset:')) continue
    const source = await manifests.get(from)
    const shape = shapeOf(source?.outputs[output])
    if (port === 'films' || films.count === 0) films = shape.count > 0 ? shape : films
    if (networkPorts.has(port)) network = source ? await paramsOfNetwork(source, manifests) : {}
  }
  // a reader has no films to read: its own are what it was given
  if (films.count === 0)
    films =
      Object.values(manifest.outputs)
        .map(shapeOf)
        .find(({ count }) => count > 0) ?? none
  return { params: manifest.keyParts.params, films, network }
}

const scaled = (
  given: Given,
  price: StagePrice | undefined,
  earlier: ReadonlyArray<{ readonly manifest: Manifest; readonly before: Given }>,
): { readonly seconds: number; readonly bytesPerPixel: number | undefined } | undefined => {
  if (earlier.length === 0) return undefined
  const options = earlier.map(({ manifest, before }) => {
    const [then, now] = price ? [price.seconds(before), price.seconds(given)] : [1, 1]
    return { manifest, ratio: then > 0 && now > 0 ? now / then : 1 }
  })
  // the one whose work is nearest to what is planned
  const { manifest, ratio } = options.reduce((best, one) =>
    Math.abs(Math.log(one.ratio)) < Math.abs(Math.log(best.ratio)) ? one : best,
  )
  const films = Object.values(manifest.outputs).filter((artefact) => shapeOf(artefact).count > 0)
  const pixels = films.reduce((sum, artefact) => sum + pixelsOf(shapeOf(artefact)), 0)
  const bytes = films.reduce((sum, artefact) => sum + artefactBytes(artefact), 0)
  return { seconds: manifest.seconds * ratio, bytesPerPixel: pixels > 0 ? bytes / pixels : undefined }
}

/**
 * Prices every stage that is no hit, and puts the seconds into the plan, whose progress is then measured against them.
 * @param films films of each dataset that is a folder
 */
export const pricePlan = async (
  plan: Plan,
  manifests: Manifests,
  films: Readonly<Record<string, number>>,
): Promise<{ readonly plan: Plan; readonly prices: Prices }> => {
  const shapes = new Map<string, FilmShape>()
  const paramsOf = new Map<string, Given['params']>()
  const byLabel = new Map<string, Price>()
  const earlier = new Map<string, ReadonlyArray<{ readonly manifest: Manifest; readonly before: Given }>>()
  const earlierOf = async (stage: string) => {
    const known = earlier.get(stage)
    if (known) return known
    const newest = (await manifests.ofStage(stage)).slice(0, mostEarlier)
    const found = await Promise.all(
      newest.map(async (manifest) => ({ manifest, before: await givenOf(manifest, manifests) })),
    )
    earlier.set(stage, found)
    return found
  }
  const place = ({ node, port }: AnyRef): string => `${node.identity}.${port}`

  const reads = ({ node }: PlannedNode): Given => {
    const wired = Object.entries(node.inputs).flatMap(([port, value]) =>
      [value].flat().map((ref: AnyRef) => ({ port, ref })),
    )
    const seen = wired.flatMap(({ port, ref }) => {
      const shape = shapes.get(place(ref))
      return shape === undefined ? [] : [{ port, shape }]
    })
    const dataset = wired.find(({ ref }) => ref.node.dataset)?.ref.node.dataset
    const network = wired.find(({ port }) => networkPorts.has(port))?.ref.node.identity
    return {
      params: node.params,
      films:
        (seen.find(({ port }) => port === 'films') ?? seen[0])?.shape ??
        (dataset ? { count: films[dataset.name] ?? 0, side: 0 } : none),
      network: paramsOf.get(network ?? '') ?? {},
    }
  }

  for (const planned of plan.nodes) {
    const { node, status } = planned
    const price = priceOf(node.stage!)
    const given = reads(planned)
    // a detector that trains in turn with a generator starts from that one, and says nothing of its size
    paramsOf.set(node.identity, { ...given.network, ...node.params })
    const ports = filmPorts(planned)
    for (const port of ports)
      shapes.set(
        `${node.identity}.${port}`,
        status._tag === 'hit' ? shapeOf(status.manifest.outputs[port]) : written(price, port, given),
      )
    if (status._tag === 'hit') continue
    const before = scaled(given, price, await earlierOf(node.stage!.name))
    const pixels = ports.reduce((sum, port) => sum + pixelsOf(written(price, port, given)), 0)
    const left = status._tag === 'miss' ? status.checkpoint?.secondsLeft : undefined
    byLabel.set(node.label, {
      seconds: left ?? before?.seconds ?? price?.seconds(given),
      bytes: pixels * (before?.bytesPerPixel ?? price?.bytesPerPixel ?? 2),
      basis: left !== undefined ? 'checkpoint' : before ? 'earlier run' : price ? 'price list' : 'none',
    })
  }
  const all = [...byLabel.values()]
  const prices = {
    byLabel,
    seconds: all.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  }
  const nodes = plan.nodes.map((planned) => {
    const price = byLabel.get(planned.node.label)
    return price ? { ...planned, seconds: price.seconds } : planned
  })
  const untimed = all.filter(({ seconds }) => seconds === undefined).length
  return { plan: { ...plan, nodes, seconds: prices.seconds, untimed }, prices }
}
