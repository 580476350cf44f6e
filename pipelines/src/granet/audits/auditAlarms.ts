/**
 * Every audit of a run as one list: what was measured, the rule, the verdict, what to do. Pure: `judge-audits` wires it.
 * An audit that the run did not measure stays in the list and says so.
 */
import { donorHistogram, parseSyntheticId } from '@radiograft/blend'
import type { MetricRow, PairRow, ProvenanceRow, SplitRow } from '@radiograft/pipeline'
import * as rules from './auditRules.ts'
import type { AuditVerdict, Measured } from './auditRules.ts'

export interface Audit extends Measured {
  readonly audit: string
  /** row ids of the acceptance list */
  readonly rows: string
  /** what the value is, with its unit */
  readonly measure: string
  readonly n: number
  readonly rule: string
  readonly verdict: AuditVerdict
  /** empty where quiet */
  readonly advice: string
}

export interface AuditInput {
  readonly metrics: ReadonlyArray<MetricRow>
  readonly provenance: ReadonlyArray<ReadonlyArray<ProvenanceRow>>
  readonly split: ReadonlyArray<SplitRow>
  /** donors of grafts, whose hosts may be of any part */
  readonly pairs?: ReadonlyArray<PairRow>
  /** ids `<host>+<donor>` of films made for training */
  readonly synthetic?: ReadonlyArray<string>
}

interface Rule {
  readonly audit: string
  readonly rows: string
  readonly measure: string
  readonly rule: string
  readonly advice: string
}

/** Of one figure; of several metrics the first that was measured. */
const figures: ReadonlyArray<
  Rule & { readonly metrics: ReadonlyArray<string>; readonly judge: (m: Measured) => AuditVerdict }
> = [
  {
    audit: 'residual is noise',
    rows: 'G15, G16',
    measure: 'residual energy inside lesions over outside',
    metrics: ['residual-energy-ratio-lesion', 'residual-energy-ratio-boxes'],
    judge: rules.residualIsNoise,
    rule: 'alarm: whole interval below 2; noise has 1',
    advice: 'Train the abnormal-to-normal generator longer, or with the input skip; do not read attention results.',
  },
  {
    audit: 'generator copies its input',
    rows: 'G10, G16',
    measure: 'gain over copying the film, inside boxes, dB',
    metrics: ['psnr-gain-over-copying'],
    judge: rules.copiesItsInput,
    rule: 'alarm: interval reaches 0 and excludes 3 dB; a copier has 0',
    advice: 'Look at |x − G(x)|; raise the weight of L1 or train longer; check that inputs and targets differ.',
  },
  {
    audit: 'generator changes nothing in boxes',
    rows: 'G10, G16',
    measure: 'mean square of x − G(x) inside boxes',
    metrics: ['residual-energy-in-boxes'],
    judge: rules.changesNothing,
    rule: 'alarm: whole interval below (6/255)², a lesion that can just be seen',
    advice: 'The generator leaves lesions as they are: treat the residual as empty.',
  },
  {
    audit: 'identity on normals',
    rows: 'G16, G32',
    measure: 'mean |x − G(x)| of normal films, grey range 1',
    metrics: ['identity-mae-normals'],
    judge: rules.harmsNormals,
    rule: 'alarm: whole interval above 6/255, a lesion that can just be seen',
    advice: 'Give the generator normal films too (the identity term of G32), or the input skip.',
  },
  {
    audit: 'film kept outside boxes',
    rows: 'G16',
    measure: 'likeness of G(x) to x outside boxes, dB',
    metrics: ['psnr-outside-boxes'],
    judge: rules.harmsOutside,
    rule: 'alarm: whole interval below 40 dB, more than the noise of a film',
    advice: 'The residual holds anatomy: expect attention outside lesions.',
  },
]

export const auditAlarms = (input: AuditInput): ReadonlyArray<Audit> => [
  ...figures.flatMap((figure) => fromMetrics(figure, input.metrics)),
  ...seams(input.metrics),
  leak(input),
  ...(input.pairs
    ? [
        donors(
          'donors of pseudo-normals',
          'G7',
          input.pairs.filter((p) => p.rank === 0).map((p) => p.donor),
        ),
      ]
    : []),
  ...(input.synthetic
    ? [
        donors(
          'donors of synthetic films',
          'G22',
          input.synthetic.map((id) => parseSyntheticId(id).donor),
        ),
      ]
    : []),
]

const unknown = { value: NaN, low: NaN, high: NaN, n: 0 }
const judged = (rule: Rule, measured: Measured & { readonly n: number }, verdict: AuditVerdict): Audit => ({
  ...rule,
  ...measured,
  verdict,
  advice:
    verdict === 'quiet'
      ? ''
      : verdict === 'alarm'
        ? rule.advice
        : measured.n === 0
          ? 'Not measured in this run.'
          : 'More films would tell.',
})
/** A residual that is 0 outside has an infinite ratio, which is a figure too. */
const known = ({ value, low, high }: Measured): boolean => ![value, low, high].some(Number.isNaN)
const measuredOf = ({ value, low, high, n }: MetricRow): Measured & { readonly n: number } => ({ value, low, high, n })

const fromMetrics = (figure: (typeof figures)[number], metrics: ReadonlyArray<MetricRow>): ReadonlyArray<Audit> => {
  const { metrics: wanted, judge, ...rule } = figure
  const name = wanted.find((metric) => metrics.some((row) => row.metric === metric && row.part === 'test'))
  const rows = metrics.filter((row) => row.metric === name && row.part === 'test')
  if (rows.length === 0) return [judged(rule, unknown, 'cannot tell')]
  return rows.map((row) => {
    const audit = rows.length === 1 ? rule.audit : `${rule.audit} (${row.arm})`
    return judged({ ...rule, audit }, measuredOf(row), known(row) ? judge(row) : 'cannot tell')
  })
}

const seams = (metrics: ReadonlyArray<MetricRow>): ReadonlyArray<Audit> => {
  const of = (arm: string): MetricRow | undefined =>
    metrics.find((row) => row.arm === arm && row.metric === 'forensics-auc')
  const valid = metrics.some((row) => row.metric === 'forensics-valid' && row.value === 1)
  const measure = 'AUC, grafts against untouched films'
  const instrument: Rule = {
    audit: 'forensics find hard pastes',
    rows: 'G22',
    measure,
    rule: `alarm: AUC below ${rules.FORENSICS_VALID}; the figures on other grafts then do not count`,
    advice: 'Read nothing into the other forensic figures: larger films or more grafts are needed.',
  }
  const paste = of('paste')
  const grafts = (['poisson', 'realistic'] as const).flatMap((arm) => {
    const row = of(arm)
    if (!row && arm === 'realistic') return []
    const rule: Rule = {
      audit: `seam of grafts (${arm})`,
      rows: 'G8, G22, G30',
      measure,
      rule: 'alarm: interval above .6; quiet: below .75; cannot tell where hard pastes are not found',
      advice:
        'A detector can find grafts by their seam: compare with the arm of normal-to-normal grafts before trusting a gain.',
    }
    const verdict = row && known(row) ? rules.seamIsVisible(row, valid) : 'cannot tell'
    const audit = judged(rule, row ? measuredOf(row) : unknown, verdict)
    return [
      row && !valid ? { ...audit, advice: 'Hard pastes were not found either: this figure does not count.' } : audit,
    ]
  })
  const found = paste && Number.isFinite(paste.value)
  return [
    judged(instrument, paste ? measuredOf(paste) : unknown, found ? (valid ? 'quiet' : 'alarm') : 'cannot tell'),
    ...grafts,
  ]
}

/** Patients of the test part that anything was trained on, tuned by, or made from. Ids of patients stay out of the table. */
const leak = ({ provenance, split, pairs = [], synthetic = [] }: AuditInput): Audit => {
  const patientOf = new Map(split.map((row) => [row.film, row.patient]))
  const ofFilm = (film: string): string => patientOf.get(film) ?? film
  const tested = new Set(split.filter((row) => row.part === 'test').map((row) => row.patient))
  const seen = [
    ...provenance.flat().map((row) => row.patient),
    ...pairs.map(({ donor }) => ofFilm(donor)),
    ...synthetic.map(parseSyntheticId).flatMap(({ host, donor }) => [ofFilm(host), ofFilm(donor)]),
  ]
  const value = new Set(seen.filter((patient) => tested.has(patient))).size
  const rule: Rule = {
    audit: 'test patients seen in training',
    rows: 'G3, G29',
    measure: 'test patients among trained, tuned, donor and host films',
    rule: 'alarm: any',
    advice: 'Discard this run: wire every stage to one split.',
  }
  const byFilm = split.some((row) => row.unit === 'film')
  const verdict = value > 0 ? 'alarm' : seen.length === 0 || byFilm ? 'cannot tell' : 'quiet'
  const audit = judged(rule, { value, low: NaN, high: NaN, n: seen.length === 0 ? 0 : tested.size }, verdict)
  return verdict === 'cannot tell' && byFilm
    ? { ...audit, advice: 'Patients are not known: each film stands for its own (G29).' }
    : audit
}

const donors = (audit: string, rows: string, ids: ReadonlyArray<string>): Audit => {
  const rule: Rule = {
    audit,
    rows,
    measure: 'share of grafts from the most used donor',
    rule: 'alarm: surely above one in ten',
    advice: 'Take a donor at random among the nearest few, or limit how often one may lend.',
  }
  const { largestShare, grafts } = donorHistogram(ids)
  if (grafts === 0) return judged(rule, unknown, 'cannot tell')
  const share = rules.shareInterval(largestShare, grafts)
  return judged(rule, { ...share, n: grafts }, rules.leansOnOneDonor(share))
}
