// One folder a class, such as `NORMAL/` and `PNEUMONIA/`: films of any format, no boxes, and groups.csv where it is known
// who is on them. Used through layouts.ts.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isFilmName } from '../../folder/filmNames.ts'
import type { FolderLayout } from '../FolderLayout.ts'
import { foldersIn } from '../hasName.ts'
import { findClassFilms, mayBeClass } from './classFilms.ts'
import { readClassTables } from './classTables.ts'

const holdsFilms = (folder: string): boolean => {
  try {
    return readdirSync(folder).some(isFilmName)
  } catch {
    return false
  }
}

export const classesLayout: FolderLayout = {
  layout: 'classes',
  looksFor: 'classes: two or more folders with films in each, such as NORMAL/ and PNEUMONIA/ (one folder a class)',
  expected:
    'a folder of films for each class, one of them named normal, and, if there is one, groups.csv (file,patient,label) with ' +
    'files such as NORMAL/a.png.',
  detect: (folder) => foldersIn(folder).filter((name) => mayBeClass(name) && holdsFilms(join(folder, name))).length > 1,
  findFilms: findClassFilms,
  readTables: readClassTables,
}
