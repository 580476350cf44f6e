// Entry of `paste-forensics`.
import { parseSyntheticId } from '@radiograft/blend'
import { resizeArea } from '@radiograft/geometry'
import type { Films, MetricRow, RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { AuditError } from './AuditError.ts'
import { FORENSICS_VALID } from './auditRules.ts'
import { graftForensics, type ForensicPair } from './graftForensics.ts'
import type { pasteForensics } from './pasteForensics.ts'
import { seamFeatures } from './seamFeatures.ts'

export const run: RunOf<typeof pasteForensics> = async ({ params, inputs, ctx }) => {
  const { films, pasted, blended, generated, contents, labels, cohort, split } = inputs
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
    const pair = { host: named.host, donor }
    for (const film of [pair.host, pair.donor]) {
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
  const featuresOf = async (from: Films, id: string, size: Films): Promise<Float64Array> => {
    ctx.signal.throwIfAborted()
    const [height, width] = [Math.min(from.height, size.height), Math.min(from.width, size.width)]
    const [pixels] = await from.rows([from.indexOf(id)])
    const seen = resizeArea(pixels!, from.height, from.width, height, width)
    ctx.progress(++done, 2 * kinds.length * chosen.length, 'films')
    return seamFeatures(seen, height, width)
  }
  const hosts = new Map<string, Float64Array>()
  const untouched = async (host: string, size: Films): Promise<Float64Array> => {
    const key = `${Math.min(films.height, size.height)} ${host}`
    const known = hosts.get(key)
    if (known) return known
    const features = await featuresOf(films, host, size)
    hosts.set(key, features)
    return features
  }

  const metrics: MetricRow[] = []
  for (const { arm, from } of kinds) {
    const pairs: ForensicPair[] = []
    for (const { id, host, donor } of chosen)
      pairs.push({
        host,
        hostPatient: patientOf.get(host) ?? host,
        donorPatient: patientOf.get(donor) ?? donor,
        untouched: await untouched(host, from),
        grafted: await featuresOf(from, id, films),
      })
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
    // no number is dropped: what the others are worth stands beside them
    if (arm === 'paste') {
      const value = found.auc >= FORENSICS_VALID ? 1 : 0
      metrics.push({ ...row, metric: 'forensics-valid', value, low: NaN, high: NaN })
    }
  }
  return { metrics }
}
