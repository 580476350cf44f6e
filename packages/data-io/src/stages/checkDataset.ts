// The folders of a pipeline looked at before anything is planned, so that a wrong one ends a run at once and not after an
// hour. Used by the command line.
import type { Dataset } from '@radiograft/pipeline'
import { FolderError } from '../folder/FolderError.ts'
import { checkNow } from './checkedFolder.ts'
import { readerOf } from './readersOf.ts'
import type { ReadingNode } from './readersOf.ts'

/** What is worth printing of a folder of films. */
export interface DatasetFacts {
  readonly films: number
  readonly positives: number
  readonly boxes: number
  /** undefined where it is not known for every film: splits are then by film (row G29) */
  readonly patients: number | undefined
  /** such as `3 bad`, `12 lateral`; empty where all films are in */
  readonly left: ReadonlyArray<string>
}

/** As a pipeline without a reader of its own would see it. */
const DEFAULTS = { finding: '', uncertain: 'positive', unboxed: 'keep', classes: 'layout' } as const

/**
 * Reads tables and headers of the folder as the pipeline's first reader of it will; decodes nothing and loads no tensors.
 * The phantom needs no check, and the weights of a network are checked by the stage that reads them.
 * @param nodes of the resolved pipeline
 * @returns counts, or undefined where there are no films on disk
 * @throws FolderError with every problem of the folder, and where a network's weights are read as films
 */
export const checkDataset = async (
  dataset: Dataset,
  nodes: ReadonlyArray<ReadingNode>,
): Promise<DatasetFacts | undefined> => {
  if (dataset.layout === 'phantom') return undefined
  const reader = nodes.map(readerOf).find((each) => each?.dataset === dataset)
  if (dataset.layout === 'layers-model') {
    if (!reader) return undefined
    const message = 'it holds model.json, the weights of a network, and is asked for films'
    throw new FolderError(dataset.root, undefined, [{ kind: 'layout', message }], 'films in a layout that is known.')
  }
  const { films, patientsKnown, finding, left } = await checkNow(dataset, reader?.choices ?? DEFAULTS)
  const counted = { bad: left.bad, lateral: left.laterals, 'without a box': left.unboxed, uncertain: left.uncertain }
  return {
    films: films.length,
    positives: films.filter(({ target }) => target === 1).length,
    boxes: films.reduce((sum, { boxes }) => sum + boxes.filter(({ label }) => label === finding).length, 0),
    patients: patientsKnown ? new Set(films.map(({ patient }) => patient)).size : undefined,
    left: Object.entries(counted).flatMap(([why, which]) => (which.length > 0 ? [`${which.length} ${why}`] : [])),
  }
}
