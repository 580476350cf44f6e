// Entry of `paste-forensics`.
import { parseSyntheticId } from '@radiograft/blend'
import { boxMask, resizeArea, scaleBox } from '@radiograft/geometry'
import { aucBootstrap } from '@radiograft/metrics'
import { boxesByFilm, type Films, type MetricRow, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { AuditError } from './AuditError.ts'
import { FORENSICS_VALID } from './auditRules.ts'
import { edgeKink } from './edgeKink.ts'
import { graftForensics, type ForensicPair } from './graftForensics.ts'
import type { pasteForensics } from './pasteForensics.ts'
import { seamFeatures } from './seamFeatures.ts'

/** A film at the size that it is compared at. */
interface Seen {
  readonly film: Float32Array
  readonly height: number
  readonly width: number
  readonly features: Float64Array
}

export const run: RunOf<typeof pasteForensics> = async ({ params, inputs, ctx }) => {
  const { films, pasted, blended, generated, contents, boxes, labels, cohort, split } = inputs
  const random = rng(ctx.seed)
  const classOf = new Map(labels.map((row) => [row.film, row.class]))
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  const partOf = new Map(split.map((row) => [row.film, row.part]))
  const lenderOf = new Map(contents?.filter(({ rank }) => rank === 0).map(({ film, donor }) => [film, donor]))
  const made = pasted.ids.map((id) => {
    const named = parseSyntheticId(id)
    const donor = contents ? lenderOf.get(named.host) : named.donor
    if (donor === undefined)
      throw new AuditError('paste-forensics', `contents name nobody who lent pixels to ${named.host}`)
    const pair = { host: named.host, donor, shape: named.donor }
    for (const film of [pair.host, donor]) {
      if (partOf.get(film) !== 'train')
        throw new AuditError(
          'paste-forensics',
          `film ${film} of ${id} is not of the training part: wire grafts of that part`,
        )
      if (classOf.get(film) !== 'Normal')
        throw new AuditError(
          'paste-forensics',
          `film ${film} of ${id} is not of class Normal: its finding would be the cue`,
        )
    }
    return { id, ...pair }
  })
  const chosen = made.length <= params.most ? made : random.fork('chosen').shuffle(made).slice(0, params.most)

  const kinds = [
    { arm: 'paste', from: pasted },
    { arm: 'poisson', from: blended },
    ...(generated ? [{ arm: 'realistic', from: generated }] : []),
  ]
  // a host is read once for grafts of its own size; a generator's size is seen at that size, host and graft alike
  let done = 0
  const seenAt = async (from: Films, id: string, size: Films): Promise<Seen> => {
    ctx.signal.throwIfAborted()
    const [height, width] = [Math.min(from.height, size.height), Math.min(from.width, size.width)]
    const [pixels] = await from.rows([from.indexOf(id)])
    const film = resizeArea(pixels!, from.height, from.width, height, width)
    ctx.progress(++done, 2 * kinds.length * chosen.length, 'films')
    return { film, height, width, features: seamFeatures(film, height, width) }
  }
  const hosts = new Map<string, Seen>()
  const untouched = async (host: string, size: Films): Promise<Seen> => {
    const key = `${Math.min(films.height, size.height)} ${host}`
    const known = hosts.get(key)
    if (known) return known
    const seen = await seenAt(films, host, size)
    hosts.set(key, seen)
    return seen
  }
  const boxesOf = boxes && boxesByFilm(boxes)
  const kinkOf = ({ film, height, width }: Seen, shape: string): number => {
    const own = boxesOf!(shape).map((box) => scaleBox(box, width / films.width, height / films.height))
    if (own.length === 0)
      throw new AuditError('paste-forensics', `donor ${shape} has no box: wire the boxes of the films that lent them`)
    return edgeKink(film, boxMask(own, height, width), height, width)
  }

  const metrics: MetricRow[] = []
  for (const { arm, from } of kinds) {
    const pairs: ForensicPair[] = []
    const edges = { patients: [] as string[], scores: [] as number[], labels: [] as number[] }
    for (const { id, host, donor, shape } of chosen) {
      const [before, after] = [await untouched(host, from), await seenAt(from, id, films)]
      const hostPatient = patientOf.get(host) ?? host
      pairs.push({
        host,
        hostPatient,
        donorPatient: patientOf.get(donor) ?? donor,
        untouched: before.features,
        grafted: after.features,
      })
      if (!boxesOf) continue
      edges.patients.push(hostPatient, hostPatient)
      edges.scores.push(kinkOf(before, shape), kinkOf(after, shape))
      edges.labels.push(0, 1)
    }
    const found = graftForensics(pairs, random.fork('forensics'), params) ?? {
      auc: NaN,
      low: NaN,
      high: NaN,
      pairs: pairs.length,
    }
    if (Number.isNaN(found.auc))
      ctx.warn(`forensics of ${arm}: ${pairs.length} grafts are too few to learn from without sharing patients`)
    const row = { arm, part: 'train', n: found.pairs, unit: '' }
    metrics.push({ ...row, metric: 'forensics-auc', value: found.auc, low: found.low, high: found.high })
    const atBox = boxesOf && aucBootstrap(edges, random.fork('edges'), params)
    if (atBox) {
      const { value, low, high } = atBox
      metrics.push({ ...row, n: pairs.length, metric: 'forensics-auc-at-box', value, low, high })
    }
    // no number is dropped: what the others are worth stands beside them
    if (arm === 'paste') {
      const value = (atBox?.value ?? found.auc) >= FORENSICS_VALID ? 1 : 0
      metrics.push({ ...row, metric: 'forensics-valid', value, low: NaN, high: NaN })
    }
  }
  return { metrics }
}
