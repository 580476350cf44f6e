// The films of a layout of one folder a class, and their ids: `NORMAL/a b.png` is film `NORMAL_a_b`. Used by the classes
// layout.
import { hashString } from '@radiograft/random'
import { byText } from '../../cohort/Cohort.ts'
import { stemOf } from '../../folder/filmNames.ts'
import { listFolder } from '../../folder/listFolder.ts'
import type { Report } from '../../folder/report.ts'
import type { FoundFilm } from '../FolderLayout.ts'

/** Any class but these is a finding. */
export const isNormalName = (name: string): boolean => /^(?:normals?|healthy|negative|no[ _-]?findings?)$/i.test(name)

const PARTS = /^(?:images.*|films|stage_2_.*|train|training|valid|val|validation|test|testing)$/i

/** Folders of films that are parts of other layouts, or of a split into parts, are no classes. */
export const mayBeClass = (folder: string): boolean => !PARTS.test(folder)

/** The class of a film: the folder that its file lies in. */
export const classOf = ({ file }: FoundFilm): string => file.slice(0, file.indexOf('/'))

/** Letters and digits of any script, `.`, `-` and `_` stay; the rest becomes `_`. */
const safe = (text: string): string => text.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')

/**
 * Ids that are one for two films of different stems, such as `A/B_c` and `A_B/c`, get a suffix of their path each; two
 * files of one stem, such as `A/c.png` and `A/c.jpg`, keep theirs and are found to be one film twice.
 */
const withIds = (files: ReadonlyArray<string>): ReadonlyArray<FoundFilm> => {
  const stems = files.map(stemOf)
  const sharing = new Map<string, Set<string>>()
  for (const stem of stems) {
    const id = safe(stem)
    sharing.set(id, (sharing.get(id) ?? new Set()).add(stem))
  }
  return files.map((file, i) => {
    const id = safe(stems[i]!)
    const alone = sharing.get(id)!.size === 1
    return { id: alone ? id : `${id}~${hashString(stems[i]!).toString(16)}`, file, name: file }
  })
}

const MOST_CLASSES = 100

/** The films of every folder that holds any; fewer than two such folders are no classes. */
export const findClassFilms = async (root: string, report: Report): Promise<ReadonlyArray<FoundFilm>> => {
  const folders = (await listFolder(root, '', report))?.folders.filter(mayBeClass) ?? []
  const lists: ReadonlyArray<string>[] = []
  for (const folder of folders) {
    const listing = await listFolder(root, folder, report)
    if (!listing || listing.films.length === 0) continue
    lists.push(listing.films.map((name) => `${folder}/${name}`))
    for (const inner of listing.folders) {
      report('film', `${folder}/${inner} is a folder: films lie in the folder of their class itself; move or remove it`)
    }
  }
  if (lists.length < 2) {
    const holding = lists.map(([first]) => first!.split('/', 1)[0]!)
    const there = holding.length === 0 ? 'no folder in it holds films' : `only ${holding[0]!} holds films`
    report('missing', `${there}: there are no two classes`)
  }
  // a folder a patient is no folder a class; each film says yes or no to each class
  if (lists.length > MOST_CLASSES) {
    report('class', `${lists.length} folders hold films, at most ${MOST_CLASSES} classes are read`)
    return []
  }
  return withIds(lists.flat().toSorted(byText))
}
