// What the package that reads films offers the command line, loaded only where a run needs it. The table of imports allows
// a domain package's `/commands` by dynamic import, and nothing else of it.
import type { Dataset, ResolvedPipeline } from '@radiograft/pipeline'

/** Counts of a folder of films. */
export interface DatasetFacts {
  readonly films: number
  readonly positives: number
  readonly boxes: number
  /** undefined where no map says who the patients are */
  readonly patients: number | undefined
}

export interface DataCommands {
  /** Tables and headers of a folder held against each other; rejects with one error that names every file at fault. */
  readonly checkDataset: (dataset: Dataset) => Promise<DatasetFacts | undefined>
  /** Tries every split of the pipeline without its films; rejects where one cannot be made. */
  readonly checkSplits: (pipeline: Pick<ResolvedPipeline, 'nodes' | 'seed'>) => Promise<void>
}

export const dataCommands = async (): Promise<DataCommands> => {
  const commands = '@radiograft/data-io/commands'
  return (await import(commands)) as DataCommands
}
