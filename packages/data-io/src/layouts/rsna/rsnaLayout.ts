// RSNA's Kaggle layout: films in one folder, as DICOM or as copies in an image format, boxes in pixels of the film as it
// is on disk. Used through layouts.ts.
import { FILM_ENDINGS } from '../../folder/filmNames.ts'
import { listFolder } from '../../folder/listFolder.ts'
import type { Report } from '../../folder/report.ts'
import { filmsOf } from '../filmsOf.ts'
import type { FolderLayout, FoundFilm } from '../FolderLayout.ts'
import { hasFile, hasFolder } from '../hasName.ts'
import { readRsnaTables } from './rsnaTables.ts'

const IMAGES = 'stage_2_train_images'

const findFilms = async (root: string, report: Report): Promise<ReadonlyArray<FoundFilm>> => {
  const listing = await listFolder(root, IMAGES, report)
  if (!listing) {
    report('missing', `there is no folder ${IMAGES}`)
    return []
  }
  const first = listing.others[0] ?? listing.folders[0]
  if (listing.films.length === 0 && !listing.refused) {
    const other = first === undefined ? '' : `, only others such as ${first}`
    report('missing', `${IMAGES} holds no film (${FILM_ENDINGS})${other}`)
  }
  return filmsOf(IMAGES, listing, report)
}

export const rsnaLayout: FolderLayout = {
  layout: 'rsna',
  looksFor: `rsna: ${IMAGES}/ or stage_2_train_labels.csv (RSNA Pneumonia Detection Challenge)`,
  expected:
    `${IMAGES}/*.dcm (or .png, .jpg, .tif), stage_2_train_labels.csv (patientId,x,y,width,height,Target), ` +
    'stage_2_detailed_class_info.csv (patientId,class) and, if there is one, rsna_to_nih.csv (patientId,nihPatient).',
  detect: (folder) =>
    hasFolder(folder, (name) => name === IMAGES) ||
    hasFile(folder, (name) => /^stage_2_train_labels\.csv(\.gz)?$/.test(name)),
  findFilms,
  readTables: readRsnaTables,
}
