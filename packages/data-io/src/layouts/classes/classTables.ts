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
  const classes = withoutCase(found.map(classOf).filter((name) => !isNormalName(name)))
  const finer = finerLabels(groups, classes, report)
  const films = found.map((film): [string, FilmRow] => {
    const group = groups.get(film.file)
    reportContradiction(film, group, classes, report)
    const folder = classes.find((name) => same(name, classOf(film))) ?? 'Normal'
    return [film.id, rowOf(film, group, folder, mentionsOf(folder, group?.labels, classes, finer))]
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

/** Each name once, whatever its case, as it is spelled first. */
const withoutCase = (names: Iterable<string>): ReadonlyArray<string> => {
  const spelled = new Map<string, string>()
  for (const name of names) {
    const folded = name.toLowerCase()
    if (!spelled.has(folded)) spelled.set(folded, name)
  }
  return [...spelled.values()]
}

/** Every film says yes or no to each: a column of notes or of names would make millions of mentions, and is no label. */
const MOST_LABELS = 100

/** Labels of groups.csv that are no class, in the order of the table; none, after reporting, where they are too many. */
const finerLabels = (
  groups: ReadonlyMap<string, GroupRow>,
  classes: ReadonlyArray<string>,
  report: Report,
): ReadonlyArray<string> => {
  const labels = withoutCase([...groups.values()].flatMap(({ labels = [] }) => labels))
  const known = new Set(classes.map((name) => name.toLowerCase()))
  const finer = labels.filter((label) => !isNormalName(label) && !known.has(label.toLowerCase()))
  if (finer.length <= MOST_LABELS) return finer
  report(
    'class',
    `${GROUPS} has ${finer.length} different labels beside the folders, at most ${MOST_LABELS} are read: ` +
      'the column label names findings, parted by "|"; mend or remove it',
  )
  return []
}

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

/** A normal film with another label, a film of a finding with a normal one, and a label that is another folder's class. */
const reportContradiction = (
  film: FoundFilm,
  group: GroupRow | undefined,
  classes: ReadonlyArray<string>,
  report: Report,
): void => {
  if (!group?.labels) return
  const others = classes.filter((name) => !same(name, classOf(film)))
  const elsewhere = group.labels.some((label) => others.some((name) => same(name, label)))
  if (!elsewhere && group.labels.some(isNormalName) === isNormalName(classOf(film))) return
  const label = quoted(group.labels.join('|'))
  report('class', `${GROUPS} line ${group.line}: ${quoted(film.file)} is labelled ${label}`, film.id)
}

/** A label finer than the folders is blank where groups.csv does not say, except on normal films. */
const mentionsOf = (
  folder: string,
  labels: ReadonlyArray<string> | undefined,
  classes: ReadonlyArray<string>,
  finer: ReadonlyArray<string>,
): FilmRow['mentions'] => {
  const said = labels ?? (isNormalName(folder) ? [] : undefined)
  const spoken = said
    ? finer.map((name): readonly [string, Mention] => [name, said.some((label) => same(label, name)) ? 1 : 0])
    : []
  return Object.fromEntries([
    ...classes.map((name): readonly [string, Mention] => [name, name === folder ? 1 : 0]),
    ...spoken,
  ])
}

const rowOf = (
  film: FoundFilm,
  group: GroupRow | undefined,
  folder: string,
  mentions: FilmRow['mentions'],
): FilmRow => ({
  id: film.id,
  where: film.file,
  patient: group?.patient === '' ? undefined : group?.patient,
  view: '',
  sex: '',
  age: -1,
  class: folder,
  mentions,
  boxes: [],
})
