// The films of a run → what their data cards are written from: one card for each cohort that a stage read or rendered.
import type { Artefact } from '@radiograft/artefact-store'
import { Cohort, Findings, Labels, Preparations, Split, Table } from '@radiograft/pipeline'
import type { CohortRow, LabelRow, SplitRow } from '@radiograft/pipeline'
import type { ReportInput } from '@radiograft/report'
import { countFilms, tally } from './countFilms.ts'
import type { RunGraph, RunNode } from './runGraph.ts'
import type { ReadTable } from './tableReader.ts'

type Card = ReportInput['cohorts'][number]
type Labelled = ReadonlyMap<string, LabelRow> | undefined

const outputOf = ({ manifest }: RunNode, kind: string): Artefact | undefined =>
  Object.values(manifest.outputs).find((output) => output.kind === kind)

const sizeOf = (node: RunNode): Card['size'] => {
  const { height, width, storage } = outputOf(node, 'films')?.meta ?? {}
  return typeof height === 'number' && typeof width === 'number' ? { height, width, storage: String(storage) } : null
}

const preparationOf = async (node: RunNode, read: ReadTable): Promise<Card['preparation']> => {
  const artefact = outputOf(node, Preparations.kind)
  const rows = artefact ? await read(Preparations, artefact) : []
  if (rows.length === 0) return null
  let [least, most] = [Infinity, 0]
  for (const { rows: height, columns } of rows) {
    least = Math.min(least, height, columns)
    most = Math.max(most, height, columns)
  }
  const having = (is: (row: (typeof rows)[number]) => boolean): number => rows.filter(is).length
  return {
    formats: tally(rows.map(({ format }) => format)),
    least,
    most,
    bits: tally(rows.map(({ bits }) => String(bits))),
    inverted: having(({ inverted }) => inverted),
    padded: having(({ padX, padY }) => padX > 0 || padY > 0),
    wholeDepth: having(({ window }) => window === 'depth'),
  }
}

const findingsOf = async (node: RunNode, read: ReadTable): Promise<Card['findings']> => {
  const artefact = outputOf(node, Findings.kind)
  const counts = new Map<string, { present: number; absent: number; uncertain: number }>()
  for (const { finding, mention } of artefact ? await read(Findings, artefact) : []) {
    const own = counts.get(finding) ?? { present: 0, absent: 0, uncertain: 0 }
    own[mention === 1 ? 'present' : mention === 0 ? 'absent' : 'uncertain'] += 1
    counts.set(finding, own)
  }
  return [...counts].map(([finding, own]) => ({ finding, ...own })).toSorted((a, b) => b.present - a.present)
}

/** A count and its reason, or a film and what is wrong with it: the film's name stays out. */
const leftOf = async (node: RunNode, read: ReadTable): Promise<Card['left']> => {
  const artefact = node.manifest.outputs['left']
  if (artefact?.kind !== Table.kind) return null
  const counts = new Map<string, number>()
  for (const [films, why] of (await read(Table, artefact)).cells) {
    const reason = typeof films === 'number' ? String(why ?? '') : 'cannot be used'
    counts.set(reason, (counts.get(reason) ?? 0) + (typeof films === 'number' ? films : 1))
  }
  return [...counts].map(([why, films]) => ({ why, films }))
}

/** By the patients whom the cohort names: a split by film takes each film for one. Null where one is not known. */
const inSeveralParts = (rows: ReadonlyArray<SplitRow>, cohort: ReadonlyArray<CohortRow>): number | null => {
  if (!cohort.every(({ patientKnown }) => patientKnown)) return null
  const patientOf = new Map(cohort.map(({ film, patient }) => [film, patient]))
  const parts = new Map<string, Set<string>>()
  for (const { film, patient: own, part } of rows) {
    const patient = patientOf.get(film) ?? own
    parts.set(patient, (parts.get(patient) ?? new Set()).add(part))
  }
  return [...parts.values()].filter(({ size }) => size > 1).length
}

const splitOf = (
  stage: string,
  rows: ReadonlyArray<SplitRow>,
  cohort: ReadonlyArray<CohortRow>,
  labels: Labelled,
): Card['splits'][number] => {
  const partOf = new Map(rows.map(({ film, part }) => [film, part]))
  const unit = rows.some((row) => row.unit === 'film') ? 'film' : 'patient'
  return {
    stage,
    unit,
    sealed: rows.some(({ sealed }) => sealed),
    patientsInSeveralParts: inSeveralParts(rows, cohort),
    parts: (['train', 'validation', 'test'] as const).flatMap((part) => {
      const films = cohort.filter(({ film }) => partOf.get(film) === part)
      return films.length === 0 ? [] : [{ part, ...countFilms(films, labels) }]
    }),
  }
}

/** @param owed whom the films are owed to, by layout */
export const cohortsOf = async (
  graph: RunGraph,
  read: ReadTable,
  datasets: ReportInput['datasets'],
  owed: Readonly<Record<string, string>>,
): Promise<ReadonlyArray<Card>> => {
  const cards: Card[] = []
  for (const node of graph.nodes) {
    const artefact = outputOf(node, Cohort.kind)
    // a stage that only passes films on makes no cohort of its own
    if (!artefact || node.inputs.some(({ kind }) => kind === Cohort.kind)) continue
    const cohort = await read(Cohort, artefact)
    const labelled = outputOf(node, Labels.kind)
    const labels: Labelled = labelled
      ? new Map((await read(Labels, labelled)).map((row) => [row.film, row]))
      : undefined
    const from = node.inputs.find(({ kind }) => kind === 'dataset')?.from.replace('dataset:', '')
    const dataset = datasets.find(({ name, layout }) => (from ? name === from : layout === 'phantom'))
    const splits: Array<Card['splits'][number]> = []
    // the cohort also reaches a split by way of a stage that passes it on, such as cohort-by-film
    const makers = new Set([node.label])
    for (const other of graph.nodes) {
      if (!other.inputs.some(({ from, kind }) => makers.has(from) && kind === Cohort.kind)) continue
      if (outputOf(other, Cohort.kind)) makers.add(other.label)
      const split = outputOf(other, Split.kind)
      if (split) splits.push(splitOf(other.label, await read(Split, split), cohort, labels))
    }
    cards.push({
      dataset: dataset?.name ?? from ?? '',
      layout: dataset?.layout ?? 'phantom',
      attribution: owed[dataset?.layout ?? 'phantom'] ?? '',
      stage: node.label,
      whole: countFilms(cohort, labels),
      splits,
      findings: await findingsOf(node, read),
      size: sizeOf(node),
      preparation: await preparationOf(node, read),
      left: await leftOf(node, read),
    })
  }
  return cards
}
