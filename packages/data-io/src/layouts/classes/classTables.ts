// What a layout of one folder a class says of each film: its folder is its class, and groups.csv, where there is one, who
// is on it. Used by the classes layout.
import type { Mention } from '../../folder/FilmFolder.ts'
import { quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import type { FilmRow, FolderTables, FoundFilm } from '../FolderLayout.ts'
import { readTable } from '../tables/readTable.ts'
import { classOf, isNormalName } from './classFilms.ts'
import { parseGroups } from './parseGroups.ts'
import type { GroupRow } from './parseGroups.ts'

const GROUPS = 'groups.csv'

export const readClassTables = async (
  root: string,
  report: Report,
  found: ReadonlyArray<FoundFilm>,
): Promise<FolderTables> => {
  const table = await readTable(root, [GROUPS], report)
  const ids = new Map(found.map(({ file, id }) => [file, id]))
  const { rows, groups } = table
    ? parseGroups(table, (file) => ids.get(file) ?? file, report)
    : { rows: found.length, groups: new Map<string, GroupRow>() }
  if (found.length > 0) reportStrangers(groups, found, report)
  const classes = [...new Set(found.map(classOf))].filter((name) => !isNormalName(name))
  const finer = finerLabels(groups, classes)
  const films = found.map((film): [string, FilmRow] => {
    const group = groups.get(film.file)
    reportContradiction(film, group, report)
    return [film.id, rowOf(film, group, mentionsOf(film, group?.labels, classes, finer))]
  })
  return {
    labelsFile: table?.name ?? '',
    name: table?.name ?? 'the folders',
    rows,
    films: new Map(films),
    findings: [...classes, ...finer],
    finding: classes.length === 1 ? classes[0] : undefined,
    hasBoxes: false,
    boxSpace: undefined,
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Labels of groups.csv that are no class, in the order of the table. */
const finerLabels = (groups: ReadonlyMap<string, GroupRow>, classes: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(
    [...groups.values()]
      .flatMap(({ labels = [] }) => labels)
      .filter((label) => !isNormalName(label) && !classes.some((name) => same(name, label))),
  ),
]

const reportStrangers = (
  groups: ReadonlyMap<string, GroupRow>,
  found: ReadonlyArray<FoundFilm>,
  report: Report,
): void => {
  const byFolded = new Map(found.map(({ file }) => [file.toLowerCase(), file]))
  const there = new Set(found.map(({ file }) => file))
  for (const [file, { line }] of groups) {
    if (there.has(file)) continue
    const near = byFolded.get(file.toLowerCase())
    const meant = near === undefined ? '' : `; did you mean ${quoted(near)}?`
    report('row-without-film', `${GROUPS} line ${line}: there is no ${quoted(file)}${meant}`, file)
  }
}

const reportContradiction = (film: FoundFilm, group: GroupRow | undefined, report: Report): void => {
  if (!group?.labels || group.labels.some(isNormalName) === isNormalName(classOf(film))) return
  const label = quoted(group.labels.join('|'))
  report('class', `${GROUPS} line ${group.line}: ${quoted(film.file)} is labelled ${label}`, film.id)
}

/** A label finer than the folders is blank where groups.csv does not say, except on normal films. */
const mentionsOf = (
  film: FoundFilm,
  labels: ReadonlyArray<string> | undefined,
  classes: ReadonlyArray<string>,
  finer: ReadonlyArray<string>,
): FilmRow['mentions'] => {
  const folder = classOf(film)
  const said = labels ?? (isNormalName(folder) ? [] : undefined)
  const spoken = said ? finer.map((name): readonly [string, Mention] => [name, said.includes(name) ? 1 : 0]) : []
  return Object.fromEntries([
    ...classes.map((name): readonly [string, Mention] => [name, name === folder ? 1 : 0]),
    ...spoken,
  ])
}

const rowOf = (film: FoundFilm, group: GroupRow | undefined, mentions: FilmRow['mentions']): FilmRow => ({
  id: film.id,
  where: film.file,
  patient: group?.patient === '' ? undefined : group?.patient,
  view: '',
  sex: '',
  age: -1,
  class: isNormalName(classOf(film)) ? 'Normal' : classOf(film),
  mentions,
  boxes: [],
})
