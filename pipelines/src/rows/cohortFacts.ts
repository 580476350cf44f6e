// Counts of the films at hand in words (rows G1 to G3, G7, G29, G31): films, boxes, parts, patients, donors and hosts. Of
// patients and films only numbers are printed.
import { donorHistogram } from '@radiograft/blend'
import type { BoxRow, CohortRow, LabelRow, PairRow, SplitRow } from '@radiograft/pipeline'

/** What is counted, and why a count may be missing. */
export const noCount = {
  films: 'there is no film',
  boxes: 'no film has a box',
  parts: 'there is no split',
  patients: 'there is no film',
  donors: 'no film was given a normal neighbour',
  hosts: 'no arm adds films in this run',
} as const

export interface CohortFactsInput {
  readonly cohort: ReadonlyArray<CohortRow>
  readonly labels: ReadonlyArray<LabelRow>
  readonly boxes: ReadonlyArray<BoxRow>
  readonly split: ReadonlyArray<SplitRow>
  /** who lends normal lung (G7) */
  readonly nearest: ReadonlyArray<PairRow>
  /** who lends lesions (G22); undefined where no arm adds films */
  readonly lent?: ReadonlyArray<PairRow> | undefined
  /** `phantom films`, `films` */
  readonly films: string
}

/** A sentence each; absent where there is nothing to count. */
export type CohortFacts = Readonly<Partial<Record<keyof typeof noCount, string>>>

const tally = (values: ReadonlyArray<string | number>): ReadonlyMap<string | number, number> => {
  const counts = new Map<string | number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
const group = (n: number): string => n.toLocaleString('en')
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** The mean of the two in the middle where they are even in number. */
const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}
const ofSide = (values: ReadonlyArray<number>): string =>
  `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`

export const cohortFacts = (input: CohortFactsInput): CohortFacts => {
  const facts = {
    films: filmsText(input),
    boxes: boxesText(input),
    parts: partsText(input),
    patients: patientsText(input),
    donors: donorsText(input),
    hosts: hostsText(input),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, text]) => text !== undefined))
}

const filmsText = ({ cohort, labels, films }: CohortFactsInput): string | undefined => {
  const classes = [...tally(labels.map((row) => row.class))].toSorted(([, a], [, b]) => b - a)
  return cohort.length === 0
    ? undefined
    : `${group(cohort.length)} ${films}: ${classes.map(([name, n]) => `${name} ${group(n)}`).join(', ')}`
}

const boxesText = ({ labels, boxes }: CohortFactsInput): string | undefined => {
  if (boxes.length === 0) return undefined
  const perFilm = [...tally(boxes.map((row) => row.film)).values()]
  const most = perFilm.reduce((a, b) => Math.max(a, b), 1)
  const counts = Array.from({ length: most }, (_, i) => i + 1)
  const films = tally(perFilm)
  const widths = boxes.map((b) => b.x1 - b.x0)
  const heights = boxes.map((b) => b.y1 - b.y0)
  return (
    `${group(labels.filter((row) => row.target === 1).length)} positives; ${counts.join('/')} boxes: ` +
    `${counts.map((k) => group(films.get(k) ?? 0)).join('/')} films; ${group(boxes.length)} boxes, median w × h ` +
    `${median(widths).toFixed(1)} × ${median(heights).toFixed(1)} px (w ${ofSide(widths)}, h ${ofSide(heights)})`
  )
}

const partsText = ({ split }: CohortFactsInput): string | undefined => {
  if (split.length === 0) return undefined
  const parts = (['train', 'validation', 'test'] as const).map((part) => {
    const rows = split.filter((row) => row.part === part)
    return `${part} ${group(rows.length)} films of ${group(new Set(rows.map((row) => row.patient)).size)} patients`
  })
  return split.every((row) => row.unit === 'patient')
    ? parts.join(', ')
    : `${parts.join(', ').replaceAll(/ of [\d,]+ patients/g, '')}; by film, no map of patients`
}

const patientsText = ({ cohort, films }: CohortFactsInput): string | undefined => {
  const known = cohort.filter((row) => row.patientKnown)
  if (cohort.length === 0) return undefined
  if (known.length === 0) return `no map of patients: each of ${group(cohort.length)} ${films} stands for its own`
  const perPatient = [...tally(known.map((row) => row.patient)).values()]
  const of = known.length < cohort.length ? ` (of ${group(cohort.length)}, the others unknown)` : ''
  const most = perPatient.reduce((a, b) => Math.max(a, b), 0)
  return `${group(known.length)} ${films}${of} of ${group(perPatient.length)} patients, at most ${most} each`
}

const donorsText = ({ nearest }: CohortFactsInput): string | undefined => {
  const { grafts, donors, largestShare } = donorHistogram(nearest.filter((p) => p.rank === 0).map((p) => p.donor))
  return grafts === 0
    ? undefined
    : `${group(grafts)} films with boxes from ${group(donors)} normal films; the most used lends to ${percent(largestShare)}`
}

const hostsText = ({ lent, labels, split }: CohortFactsInput): string | undefined => {
  if (!lent || lent.length === 0) return undefined
  const partOf = new Map(split.map((row) => [row.film, row.part]))
  const hosts = new Set(lent.map((pair) => pair.film))
  const donors = new Set(lent.map((pair) => pair.donor))
  const foreign = [...hosts, ...donors].filter((film) => partOf.get(film) !== 'train').length
  const training = labels.filter((row) => partOf.get(row.film) === 'train' && row.target === 0)
  const normal = training.filter((row) => row.class === 'Normal').length
  return (
    `${group(hosts.size)} hosts, ${group(donors.size)} donors, ` +
    (foreign === 0 ? 'all of the training part' : `${group(foreign)} of them NOT of the training part`) +
    `, which has ${group(normal)} normal films and ${group(training.length)} without the finding`
  )
}
