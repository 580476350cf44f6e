// Whether the splits of a pipeline can be made, found out before a film is rendered or read: the `split` stages of the
// plan are tried on what is known without pixels, the tables of a folder or the description of the phantom, and the names of
// classes that `leave-out-class` is given are looked up. Used by the command line, which would otherwise learn of a fold without
// positives, or of a class that is misspelt, only from a stage that fails.
import { join } from 'node:path'
import type { AnyRef, FindingRow, ResolvedNode, ResolvedPipeline } from '@radiograft/pipeline'
import { deriveSeed } from '@radiograft/random'
import type { CohortEntry, LabelEntry } from '../cohort/Cohort.ts'
import type { SplitRequest } from '../split/splitCohort.ts'
import { SplitError } from '../split/SplitError.ts'
import { checkedFolder } from './checkedFolder.ts'
import { classOf } from './classOf.ts'
import { cohortByFilm } from './cohortByFilm.ts'
import { filmsOfClass } from './filmsOfClass.ts'
import { leaveOutClass } from './leaveOutClass.ts'
import { readerOf } from './readersOf.ts'
import type { FolderReader } from './readersOf.ts'
import { renderPhantom } from './renderPhantom.ts'
import { knobsOf } from './renderPhantomKnobs.ts'
import type { RenderPhantomParams } from './renderPhantomKnobs.ts'
import { split } from './split.ts'

interface Known {
  /** what an error names: the file of the labels, or the phantom */
  readonly where: string
  readonly cohort: ReadonlyArray<CohortEntry>
  readonly labels: ReadonlyArray<LabelEntry>
  /** undefined where the reader emits none */
  readonly findings: (() => ReadonlyArray<FindingRow>) | undefined
  /** why there may be fewer films than the folder has; empty where all are in */
  readonly note: string
}

/** As the runner derives it from the pipeline's seed for a stage without a replica. */
export const seedOfStage = (seed: number, stage: string): number => deriveSeed(seed, stage, 0)

const folderCohort = async ({ dataset, choices }: FolderReader): Promise<Known> => {
  const { films, labelsFile, left, finding } = await checkedFolder(dataset, choices)
  const unboxed = left.unboxed.length
  const note =
    unboxed > 0
      ? ` ${unboxed} film(s) of ${finding} have no box and stay out, since boxes are what is learned: give films with boxes, or another finding.`
      : ''
  return {
    where: join(dataset.root, labelsFile),
    cohort: films,
    labels: films.map((film) => ({
      film: film.film,
      class: classOf(film, finding, choices.classes),
      target: film.target,
    })),
    findings: () =>
      films.flatMap(({ film, mentions }) =>
        Object.entries(mentions).map(([name, mention]) => ({ film, finding: name, mention })),
      ),
    note,
  }
}

const phantomCohort = async (params: Readonly<Record<string, unknown>>, seed: number): Promise<Known> => {
  const { phantomCohort: describe } = await import('../phantom/cohorts/planFilm.ts')
  const films = Number(params['films'])
  const described = describe(seed, films, knobsOf(params as unknown as RenderPhantomParams))
  return {
    where: `the phantom of ${films} film(s)`,
    note: '',
    findings: undefined,
    cohort: described.map(({ filmId: film, patientId: patient }) => ({
      film,
      patient,
      patientKnown: true,
      view: '',
      sex: '',
      age: -1,
    })),
    labels: described.map(({ filmId: film, class: name }) => ({
      film,
      class: name,
      target: name === 'Lung Opacity' ? 1 : 0,
    })),
  }
}

/** The cohort that a reader of this package will emit; undefined for any other stage, whose films only it knows. */
const cohortFrom = (reader: ResolvedPipeline['nodes'][number] | AnyRef['node'], seed: number) => {
  if (reader.stage === renderPhantom) return phantomCohort(reader.params, seedOfStage(seed, renderPhantom.name))
  const folder = readerOf(reader)
  return folder && folderCohort(folder)
}

/** @throws UnknownNameError when no film has the class that is to be left out */
const checkClass = async (
  { params, inputs }: Pick<ResolvedNode, 'params' | 'inputs'>,
  knownOf: (reader: AnyRef['node']) => Promise<Known | undefined>,
): Promise<void> => {
  const known = await knownOf((inputs['labels'] as AnyRef).node)
  const findings = inputs['findings'] ? known?.findings : undefined
  if (!known || (inputs['findings'] && !findings)) return
  filmsOfClass({ labels: known.labels, findings: findings?.() }, String(params['class']))
}

/**
 * Makes every split that the pipeline asks for, without its films. RSNA's whole tables and four folds: 2.5 s.
 * @throws SplitError fewer patients than folds, no positives, a part without either; the message begins with the file
 * @throws UnknownNameError a class that is to be left out and that no film has
 * @throws FolderError when a folder cannot be used
 */
export const checkSplits = async ({
  nodes,
  seed,
}: {
  readonly nodes: ReadonlyArray<Pick<ResolvedNode, 'stage' | 'params' | 'inputs'>>
  readonly seed: number
}): Promise<void> => {
  const cohorts = new Map<string, Known | undefined>()
  const knownOf = async (reader: AnyRef['node']): Promise<Known | undefined> => {
    if (!cohorts.has(reader.identity)) cohorts.set(reader.identity, await cohortFrom(reader, seed))
    return cohorts.get(reader.identity)
  }
  const { splitCohort } = await import('../split/splitCohort.ts')
  const { cohortByFilm: eachFilm } = await import('../split/cohortByFilm.ts')
  for (const node of nodes) {
    if (node.stage === leaveOutClass) await checkClass(node, knownOf)
    if (node.stage !== split) continue
    const { node: from } = node.inputs['cohort'] as AnyRef
    const byFilm = from.stage === cohortByFilm
    const reader = byFilm ? (from.inputs['cohort'] as AnyRef).node : from
    const known = await knownOf(reader)
    if (!known) continue
    const { where, labels, note } = known
    const cohort = byFilm ? eachFilm(known.cohort) : known.cohort
    const params = node.params as Pick<SplitRequest, 'folds' | 'fold' | 'holdOut' | 'validation'>
    try {
      splitCohort({ ...params, cohort, labels, seed: seedOfStage(seed, split.name) })
    } catch (cause) {
      if (!(cause instanceof SplitError)) throw cause
      throw new SplitError(cause.reason, `${where}: ${cause.what}`, cause.recovery + note, { cause })
    }
  }
}
