// What the package that reads films offers for `data` and `phantom`, loaded only by them, in the way of dataCommands.
import type { Dataset } from '@radiograft/pipeline'

/** Words in columns, for the terminal to align. */
interface DataSection {
  readonly title: string
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
  /** whether the first row is a head */
  readonly head: boolean
  readonly align: ReadonlyArray<'left' | 'right'>
}

export interface DescribedData {
  /** for data.json */
  readonly record: object
  readonly sections: ReadonlyArray<DataSection>
  readonly warnings: ReadonlyArray<{ readonly kind: string; readonly text: string }>
  /** a PNG file; undefined where no film was decoded */
  readonly sheet: Uint8Array | undefined
}

interface DescribeOptions {
  readonly layout: Exclude<Dataset['layout'], 'phantom' | 'layers-model'>
  readonly finding?: string
  readonly laterals?: 'refuse' | 'drop'
  readonly skipBad?: boolean
  readonly pixels: boolean
  readonly workers: number
  readonly pseudonym: (patient: string) => string
  readonly onProgress: (done: number, films: number) => void
  readonly signal: AbortSignal
}

/** Values come from the command line as they are: the writer says which cannot be. */
interface PhantomOptions {
  readonly out: string
  readonly layout: string
  readonly films: number
  readonly size: number
  readonly seed: number
  readonly workers: number
  readonly [knob: string]: unknown
  readonly onProgress: (done: number, films: number) => void
  readonly signal: AbortSignal
}

interface WrittenPhantom {
  readonly folder: string
  readonly layout: string
  readonly films: number
  readonly patients: number
  readonly positives: number
  readonly boxes: number
}

export interface FolderCommands {
  /** Rejects with one error that names every file at fault. */
  readonly describeData: (folder: string, options: DescribeOptions) => Promise<DescribedData>
  /** Rejects before anything is written where the folder is not empty or an option cannot be. */
  readonly writePhantom: (options: PhantomOptions) => Promise<WrittenPhantom>
}

export const folderCommands = async (): Promise<FolderCommands> => {
  const commands = '@radiograft/data-io/commands'
  return (await import(commands)) as FolderCommands
}
