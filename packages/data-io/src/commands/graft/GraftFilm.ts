// One film for a graft, from a file outside of any folder: stored values, how they are shown, and of its header nothing
// that is about a patient. Used by prepareGraft.
import { readFile, stat } from 'node:fs/promises'
import { readDicom } from '../../dicom/readDicom.ts'
import type { StoredFilm } from '../../dicom/unitPixels.ts'
import { isFrontal } from '../../folder/describeFilm.ts'
import { isDicomName, isFilmName } from '../../folder/filmNames.ts'
import { readImage } from '../../images/readImage.ts'
import { GraftError } from './GraftError.ts'

export interface GraftFilm extends StoredFilm {
  /** as it was given */
  readonly file: string
  readonly rows: number
  readonly columns: number
  /** `PA`, `AP`, or empty where the file does not say */
  readonly view: string
  /** undefined where nothing says whether its pixels were ever compressed with loss */
  readonly lossy: boolean | undefined
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
}

const bytesOf = async (file: string): Promise<Uint8Array> => {
  try {
    // opening a pipe would wait for a writer that never comes
    if ((await stat(file)).isFile()) return await readFile(file)
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    const what = FAILURES[code] ?? `it cannot be read (${code})`
    throw new GraftError(file, 'unreadable', what, 'Give a DICOM, PNG, JPEG or TIFF file.', { cause })
  }
  throw new GraftError(file, 'unreadable', 'it is no file', 'Give a DICOM, PNG, JPEG or TIFF file.')
}

/**
 * A file whose name does not end as a picture's does is read as DICOM: archives give their files no ending.
 * @throws GraftError unreadable, not frontal, or with text in its pixels that names the patient
 * @throws DicomError, ImageError
 */
export const readGraftFilm = async (file: string): Promise<GraftFilm> => {
  const bytes = await bytesOf(file)
  if (isFilmName(file) && !isDicomName(file)) {
    const { format, rows, columns, bits, stored } = await readImage(bytes, file)
    const levels = { bitsStored: bits, signed: false, slope: 1, intercept: 0, window: undefined }
    // what a PNG or TIFF went through before is not known
    const lossy = format === 'jpeg' ? true : undefined
    return { file, rows, columns, stored, view: '', lossy, photometric: 'MONOCHROME2', ...levels }
  }
  const { rows, columns, stored, view, lossy, burnedIn, ...header } = await readDicom(bytes, file)
  if (!isFrontal(view))
    throw new GraftError(file, 'view', `its header says that its view is ${view}`, 'Give a frontal film (PA or AP).')
  if (burnedIn === true) {
    const what = 'its header says that its pixels hold text about the patient (Burned In Annotation)'
    throw new GraftError(file, 'annotation', what, 'Cover the text, set the attribute to NO, and graft then.')
  }
  const { bitsStored, signed, photometric, slope, intercept, window } = header
  return { file, rows, columns, stored, view, lossy, bitsStored, signed, photometric, slope, intercept, window }
}
