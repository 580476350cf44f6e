// A folder checked once for all that look at it before a run: the check of the dataset, and the trial of its splits soon
// after. Readers are loaded only here: a run on the phantom does without them.
import type { Dataset } from '@radiograft/pipeline'
import type { FilmFolder } from '../folder/FilmFolder.ts'
import { folderOptions } from './folderOptions.ts'
import type { ReaderChoices } from './folderOptions.ts'

const checked = new Map<string, Promise<FilmFolder>>()

const asked = (dataset: Dataset, choices: ReaderChoices) => {
  const { layout, root } = dataset
  if (layout === 'phantom' || layout === 'layers-model') throw new Error(`${layout} is no folder of films.`)
  const options = folderOptions(dataset, choices)
  return { layout, root, options, name: JSON.stringify([layout, root, options]) }
}

/** The folder as it is now. Throws FolderError. */
export const checkNow = (dataset: Dataset, choices: ReaderChoices): Promise<FilmFolder> => {
  const { layout, root, options, name } = asked(dataset, choices)
  const folder = import('../folder/checkFolder.ts').then(({ checkFolder }) => checkFolder(root, layout, options))
  checked.set(name, folder)
  return folder
}

/** The folder as it was when this process last checked it, if it has. Throws FolderError. */
export const checkedFolder = (dataset: Dataset, choices: ReaderChoices): Promise<FilmFolder> =>
  checked.get(asked(dataset, choices).name) ?? checkNow(dataset, choices)
