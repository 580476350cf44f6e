// A folder of films checked before any work, whatever its layout: names, tables, headers of all films, each against the
// other. Nothing is decoded. Used by the read-films stage, by `radiograft data`, and by the command line before it plans.
import { byText } from '../cohort/Cohort.ts'
import type { FolderTables } from '../layouts/FolderLayout.ts'
import { wrongScale } from './boxScale.ts'
import { checkFilmFile } from './checkFilmFile.ts'
import { chooseFilms } from './chooseFilms.ts'
import { chooseFinding } from './chooseFinding.ts'
import { describeFilm, isFrontal } from './describeFilm.ts'
import type { DescribedFilm } from './describeFilm.ts'
import type { FilmFolder, FolderOptions, Layout } from './FilmFolder.ts'
import { isDicomName } from './filmNames.ts'
import { FolderError } from './FolderError.ts'
import type { FolderProblem } from './FolderError.ts'
import { mapBounded } from './mapBounded.ts'
import { matchFilms } from './matchFilms.ts'
import type { MatchedFilm } from './matchFilms.ts'
import { openFolder } from './openFolder.ts'
import { passOn, problemList } from './report.ts'
import type { Report } from './report.ts'

/** Headers read at a time. */
const AT_A_TIME = 8

/**
 * Reads tables and headers, and holds them against each other: missing files and columns, films without a row and rows
 * without a film, contradicting labels, boxes that are empty or leave their film, truncated and unreadable films, lateral
 * views, names and links that lead out of the folder.
 * @param layout told by the names in the folder when undefined
 * @throws FolderError with every problem at once; with `skipBad` only with those that are not about one film, and laterals
 */
export const checkFolder = async (
  folder: string,
  layout: Layout | undefined,
  options: FolderOptions = {},
): Promise<FilmFolder> => {
  const opened = await openFolder(folder, layout)
  const { problems, report } = problemList()
  const found = await opened.layout.findFilms(opened.root, report)
  const tables = await opened.layout.readTables(opened.root, report, found)
  const any = options.needsFinding === false ? (tables.finding ?? tables.findings[0]) : undefined
  const finding = found.length > 0 ? chooseFinding(tables, options.finding ?? any, report) : undefined
  const matched = matchFilms(found, tables, report)
  const described = await describeFilms(opened.root, matched, tables, options, report)

  // a lateral film is no bad one: `laterals` says what becomes of it
  const skips = ({ film, kind }: FolderProblem): boolean =>
    options.skipBad === true && film !== undefined && kind !== 'view'
  const bad = new Set(problems.filter(skips).flatMap(({ film }) => film ?? []))
  const sound = described.films.filter(({ film }) => !bad.has(film))
  const { films, left } = chooseFilms(sound, finding ?? '', options)
  const laterals = [...described.laterals, ...left.laterals].filter((film) => !bad.has(film)).toSorted(byText)
  const skipped = problems.filter(skips)
  if (problems.length === skipped.length && films.length === 0) {
    report('left', nothingLeft(skipped.length, laterals, left))
  }
  const fatal = problems.filter((problem) => !skips(problem))
  if (fatal.length > 0) throw new FolderError(opened.folder, opened.layout.layout, fatal, opened.layout.expected)
  return {
    layout: opened.layout.layout,
    folder: opened.folder,
    labelsFile: tables.labelsFile,
    films,
    findings: tables.findings,
    finding: finding!,
    hasBoxes: tables.hasBoxes,
    patientsKnown: films.every(({ patientKnown }) => patientKnown),
    left: { ...left, bad: skipped, laterals },
  }
}

interface Described {
  readonly films: ReadonlyArray<DescribedFilm>
  /** those whose header need not be read to leave them out */
  readonly laterals: ReadonlyArray<string>
}

/** Headers are read in any order; problems are reported in the order of films. */
const describeFilms = async (
  root: string,
  matched: ReadonlyArray<MatchedFilm>,
  tables: FolderTables,
  { laterals = 'refuse', skipBad = false }: FolderOptions,
  report: Report,
): Promise<Described> => {
  const isDropped = ({ found, row }: MatchedFilm): boolean =>
    laterals === 'drop' && row !== undefined && !isFrontal(row.view) && !isDicomName(found.file)
  const read = matched.filter((film) => !isDropped(film))
  const parts = await mapBounded(read, AT_A_TIME, async ({ found, row }) => {
    const { problems, report } = problemList()
    const header = await checkFilmFile(root, found, report)
    const film = header && row && describeFilm(found, header, row, tables, report)
    if (film && laterals === 'refuse' && !isFrontal(film.view)) {
      report('view', `${found.name} has the view ${film.view.slice(0, 16)}; frontal films (PA, AP) are read`, found.id)
    }
    return { film, row, problems }
  })
  for (const { problems } of parts) passOn(problems, report)
  const films = parts.flatMap(({ film }) => film ?? [])
  if (tables.boxSpace === undefined) {
    const scale = wrongScale(
      parts.flatMap(({ film, row }) => (film && row ? [{ size: film, row }] : [])),
      skipBad,
    )
    if (scale !== undefined) report('box', scale)
  }
  return { films, laterals: matched.filter(isDropped).map(({ found }) => found.id) }
}

const nothingLeft = (
  bad: number,
  laterals: ReadonlyArray<string>,
  { unboxed, uncertain }: Omit<FilmFolder['left'], 'bad' | 'laterals'>,
): string =>
  `no film is left: ${bad} problem(s) of films that are left out, ${laterals.length} lateral, ` +
  `${uncertain.length} uncertain, ${unboxed.length} positive without a box`
