// NIH ChestX-ray14: films in `images/`, or in `images_001/images/` to `images_012/images/` as Kaggle has them, one table
// of all films, and a table of boxes on some. Used through layouts.ts.
import { FILM_ENDINGS } from '../../folder/filmNames.ts'
import { listFolder } from '../../folder/listFolder.ts'
import type { Report } from '../../folder/report.ts'
import { filmsOf } from '../filmsOf.ts'
import type { FolderLayout, FoundFilm } from '../FolderLayout.ts'
import { hasFile } from '../hasName.ts'
import { ENTRIES, readNihTables } from './nihTables.ts'

const findFilms = async (root: string, report: Report): Promise<ReadonlyArray<FoundFilm>> => {
  const top = (await listFolder(root, '', report))?.folders.filter((name) => name.startsWith('images')) ?? []
  const lists: ReadonlyArray<FoundFilm>[] = []
  let refused = false
  for (const folder of top) {
    for (const path of [folder, `${folder}/images`]) {
      const listing = await listFolder(root, path, report)
      if (listing) lists.push(filmsOf(path, listing, report))
      refused ||= listing?.refused ?? false
    }
  }
  const films = lists.flat()
  if (top.length === 0) report('missing', 'there is no folder images, and none such as images_001')
  else if (films.length === 0 && !refused) report('missing', `no film (${FILM_ENDINGS}) lies in ${top.join(', ')}`)
  return films
}

export const nihLayout: FolderLayout = {
  layout: 'nih',
  looksFor: 'nih: Data_Entry_2017.csv or Data_Entry_2017_v2020.csv (NIH ChestX-ray14)',
  expected:
    'images/*.png (or .jpg, .tif, .dcm; or images_001/images/*), Data_Entry_2017.csv (Image Index,Finding Labels,Patient ID ' +
    'and more) and, if there is one, BBox_List_2017.csv in pixels of the 1024 x 1024 originals.',
  detect: (folder) => hasFile(folder, (name) => ENTRIES.test(name)),
  findFilms,
  readTables: readNihTables,
}
