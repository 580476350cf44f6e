// A checked folder in counts. No file is opened. Used by `radiograft data`.
import { mentionCounts } from '../folder/mentionCounts.ts'
import type { FilmFolder, FolderFilm } from '../folder/FilmFolder.ts'
import { boxFacts } from './boxFacts.ts'
import { countBy, mostCommon } from './countBy.ts'
import type { AgeFacts, FolderDescription, ValueCount } from './FolderDescription.ts'
import { namePattern } from './namePattern.ts'
import { ownSplit } from './ownSplit.ts'
import { patientFacts } from './patientFacts.ts'
import { quantile } from './quantile.ts'
import { shortcuts } from './shortcuts.ts'
import { targetDifference } from './targetDifference.ts'

/** Quartiles of fewer would be the ages of single patients. */
const LEAST_AGES = 5

/** By target, in the order given, then by text. */
const crossTable = (
  films: ReadonlyArray<FolderFilm>,
  value: (film: FolderFilm) => string,
  first: ReadonlyArray<string>,
): ReadonlyArray<ValueCount> => {
  const names = [...new Set([...first, ...films.map((film) => value(film) || 'unknown').toSorted()])]
  return names
    .map((name) => {
      const those = films.filter((film) => (value(film) || 'unknown') === name)
      const positives = those.filter(({ target }) => target === 1).length
      return { value: name, negatives: those.length - positives, positives }
    })
    .filter(({ negatives, positives }) => negatives + positives > 0)
}

const ageFacts = (films: ReadonlyArray<FolderFilm>): AgeFacts => {
  const known = films.filter(({ age }) => age >= 0)
  const quartiles = (target: 0 | 1): ReadonlyArray<number> => {
    const ages = known
      .filter((film) => film.target === target)
      .map(({ age }) => age)
      .toSorted((a, b) => a - b)
    return ages.length < LEAST_AGES ? [] : [0.25, 0.5, 0.75].map((q) => quantile(ages, q))
  }
  return { known: known.length, unknown: films.length - known.length, others: quartiles(0), positives: quartiles(1) }
}

export const describeFolder = (folder: FilmFolder): FolderDescription => {
  const { films, finding, left } = folder
  const positives = films.filter(({ target }) => target === 1)
  const positivesOf = countBy(positives, (film) => film.class)
  const sizes = countBy(films, ({ rows, columns }) => `${rows} ${columns}`)
  const valued = (value: (film: FolderFilm) => string) =>
    films.map((film) => ({ value: value(film), target: film.target }))
  return {
    layout: folder.layout,
    folder: folder.folder,
    finding,
    films: films.length,
    positives: positives.length,
    formats: Object.fromEntries(mostCommon(countBy(films, ({ format }) => format))),
    sizes: mostCommon(sizes).map(([size, count]) => {
      const [rows, columns] = size.split(' ').map(Number)
      return { rows: rows!, columns: columns!, films: count }
    }),
    patients: patientFacts(films),
    classes: mostCommon(countBy(films, (film) => film.class)).map(([name, count]) => ({
      class: name,
      films: count,
      positives: positivesOf.get(name) ?? 0,
    })),
    findings: folder.findings.map((name) => ({ finding: name, ...mentionCounts(films, name) })),
    boxes: folder.hasBoxes ? boxFacts(films, finding) : undefined,
    views: crossTable(films, ({ view }) => view, ['PA', 'AP']),
    sexes: crossTable(films, ({ sex }) => sex, ['F', 'M']),
    ages: ageFacts(films),
    splits: ownSplit(folder),
    shortcuts: shortcuts(films),
    differences: [
      targetDifference(
        'file format',
        valued(({ format }) => format),
      ),
      targetDifference(
        'size',
        valued(({ rows, columns }) => `${columns} x ${rows}`),
      ),
      targetDifference(
        'shape',
        valued(({ rows, columns }) => (rows === columns ? 'square' : rows > columns ? 'tall' : 'wide')),
      ),
      targetDifference(
        'the way their files are named',
        valued(({ path }) => namePattern(path)),
      ),
      targetDifference(
        'whether an age is known',
        valued(({ age }) => (age < 0 ? 'unknown' : 'known')),
      ),
      targetDifference(
        'whether a view is known',
        valued(({ view }) => (view === '' ? 'unknown' : 'known')),
      ),
    ].filter((difference) => difference !== undefined),
    left: {
      bad: left.bad.map(({ film, message }) => ({ film: film ?? '', why: message })),
      laterals: left.laterals.length,
      unboxed: left.unboxed.length,
      uncertain: left.uncertain.length,
    },
  }
}
