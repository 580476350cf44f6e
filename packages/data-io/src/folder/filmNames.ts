// Which files are films, by their names. Used by the layouts, to list them, and by checkFilmFile, to choose a reader.

const FILM = /\.(?:dcm|dicom|png|jpe?g|tiff?)$/i
const DICOM = /\.(?:dcm|dicom)$/i

/** For messages: the endings of films. */
export const FILM_ENDINGS = '.dcm, .png, .jpg, .tif'

/** Files whose name begins with a dot are no films: macOS leaves `._a.png` beside `a.png` on foreign disks. */
export const isFilmName = (name: string): boolean => FILM.test(name) && !name.startsWith('.')

export const isDicomName = (name: string): boolean => DICOM.test(name)

/** The name without the ending of a film; other endings stay. */
export const stemOf = (name: string): string => name.replace(FILM, '')

/** The ending of a film with its dot, as it is written; empty where there is none. */
export const endingOf = (name: string): string => FILM.exec(name)?.[0] ?? ''
