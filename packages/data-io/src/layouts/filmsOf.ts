// The films of a listed folder, named by their stems. Used by the layouts whose film ids are file names.
import { unsafeName } from '../folder/containedPath.ts'
import { stemOf } from '../folder/filmNames.ts'
import type { Listing } from '../folder/listFolder.ts'
import { quoted } from '../folder/report.ts'
import type { Report } from '../folder/report.ts'
import type { FoundFilm } from './FolderLayout.ts'

/** @param folder relative to the root, with `/` */
export const filmsOf = (folder: string, listing: Listing, report: Report): ReadonlyArray<FoundFilm> =>
  listing.films.flatMap((name) => {
    const id = stemOf(name)
    const unsafe = unsafeName(id, 'name')
    if (unsafe === undefined) return [{ id, file: `${folder}/${name}`, name }]
    report('unsafe', `${folder}: the film ${quoted(name)} cannot be an id: its name ${unsafe}; rename it`)
    return []
  })
