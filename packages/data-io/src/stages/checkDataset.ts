// A dataset looked at before anything is planned, so that a wrong folder ends a run at once and not after an hour. Used
// by the command line. Readers are loaded only where there is a folder to read.
import type { Dataset } from '@radiograft/pipeline'

/** What is worth printing of a folder of films. */
export interface DatasetFacts {
  readonly films: number
  readonly positives: number
  readonly boxes: number
  /** undefined where no map says who the patients are: splits are then by film (row G29) */
  readonly patients: number | undefined
}

/**
 * Reads tables and headers of the folder; decodes nothing and loads no tensors. The phantom needs no check.
 * @returns counts, or undefined for the phantom
 * @throws RsnaFolderError with every problem of the folder
 */
export const checkDataset = async (dataset: Dataset): Promise<DatasetFacts | undefined> => {
  if (dataset.layout === 'phantom') return undefined
  const { checkRsna } = await import('../rsna/checkRsna.ts')
  const { summary, patientsKnown } = checkRsna(dataset.root)
  const { films, positives, boxes, patients } = summary
  return { films, positives, boxes, patients: patientsKnown ? patients : undefined }
}
