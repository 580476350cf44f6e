// The read-films stages of a pipeline, each with the dataset that it reads. Used by the checks before a run.
import type { AnyRef, Dataset, ResolvedNode } from '@radiograft/pipeline'
import type { ReaderChoices } from './folderOptions.ts'
import { readFilms } from './readFilms.ts'

export type ReadingNode = Pick<ResolvedNode, 'stage' | 'params' | 'inputs'>

export interface FolderReader {
  readonly dataset: Dataset
  readonly choices: ReaderChoices
}

/** What this node reads, where it is a read-films stage that is bound to a folder. */
export const readerOf = (node: ReadingNode | AnyRef['node']): FolderReader | undefined => {
  if (node.stage !== readFilms) return undefined
  const dataset = (node.inputs['dataset'] as AnyRef | undefined)?.node.dataset?.value
  return dataset === undefined || dataset.layout === 'phantom'
    ? undefined
    : { dataset, choices: node.params as unknown as ReaderChoices }
}
