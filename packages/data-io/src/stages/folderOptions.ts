// A dataset and a reader's parameters to the options of `checkFolder`. Used by the read-films entry and by the checks
// before a run, which must look at a folder in the same way.
import type { Dataset } from '@radiograft/pipeline'
import type { FolderOptions } from '../folder/FilmFolder.ts'

export interface ReaderChoices {
  /** empty: the layout's own */
  readonly finding: string
  readonly uncertain: 'positive' | 'negative' | 'drop'
  readonly unboxed: 'keep' | 'drop'
  /** of the labels that it emits; films are looked at alike */
  readonly classes: 'layout' | 'task'
}

export const folderOptions = (
  { skipBad = false, laterals = 'refuse' }: Dataset,
  { finding, uncertain, unboxed }: ReaderChoices,
): FolderOptions => ({ skipBad, laterals, uncertain, unboxed, ...(finding !== '' && { finding }) })
