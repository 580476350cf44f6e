// What the package that reads films offers the command line, loaded only where a run needs it. The table of imports allows
// a domain package's `/commands` by dynamic import, and nothing else of it.
import type { Dataset, ResolvedPipeline } from '@radiograft/pipeline'

type FolderLayout = Exclude<Dataset['layout'], 'phantom' | 'layers-model'>

/** Counts of a folder of films. */
export interface DatasetFacts {
  readonly films: number
  readonly positives: number
  readonly boxes: number
  /** undefined where it is not known for every film */
  readonly patients: number | undefined
  /** such as `3 bad`, `12 lateral`; empty where all films are in */
  readonly left: ReadonlyArray<string>
}

export interface DataCommands {
  /** The layout of a folder by the names in it; undefined for none that is known. */
  readonly detectLayout: (folder: string) => FolderLayout | undefined
  /** What is looked for, a line a layout. */
  readonly describeLayouts: () => ReadonlyArray<string>
  /** Tables and headers of a folder held against each other; rejects with one error that names every file at fault. */
  readonly checkDataset: (dataset: Dataset, nodes: ResolvedPipeline['nodes']) => Promise<DatasetFacts | undefined>
  /** Tries every split of the pipeline without its films; rejects where one cannot be made. */
  readonly checkSplits: (pipeline: Pick<ResolvedPipeline, 'nodes' | 'seed'>) => Promise<void>
}

export const dataCommands = async (): Promise<DataCommands> => {
  const commands = '@radiograft/data-io/commands'
  return (await import(commands)) as DataCommands
}
