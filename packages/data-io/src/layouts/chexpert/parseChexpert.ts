// CheXpert's train.csv and valid.csv: a row a film, fourteen findings that are present, absent, uncertain or not spoken
// of (row C1). Used by the CheXpert layout.
import { unsafeName } from '../../folder/containedPath.ts'
import type { Mention } from '../../folder/FilmFolder.ts'
import { quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import type { FilmRow } from '../FolderLayout.ts'
import type { NamedTable } from '../tables/readTable.ts'
import { sexOf } from '../tables/sexOf.ts'
import { tableRows } from '../tables/tableRows.ts'
import { yearsOf } from '../tables/yearsOf.ts'
import { CHEXPERT_FINDINGS } from './chexpertFindings.ts'
import { chexpertPath } from './chexpertPath.ts'

const COLUMNS = ['Path', 'Sex', 'Age', 'Frontal/Lateral', 'AP/PA', ...CHEXPERT_FINDINGS]
// a Map: of an object the cell `constructor` would be a mention
const MENTIONS: ReadonlyMap<string, Mention> = new Map([
  ['1', 1],
  ['1.0', 1],
  ['0', 0],
  ['0.0', 0],
  ['-1', -1],
  ['-1.0', -1],
])

/**
 * `Normal` where No Finding is said, else what is present as `A|B`, else what is uncertain as `A?|B?`; a film of which
 * nothing is said to be there is `Nothing Mentioned`, for silence is no normal film.
 */
const classOf = (mentions: Readonly<Record<string, Mention>>): string => {
  if (mentions['No Finding'] === 1) return 'Normal'
  const those = (mention: Mention) => CHEXPERT_FINDINGS.filter((finding) => mentions[finding] === mention)
  const present = those(1).join('|')
  const uncertain = those(-1).map((finding) => `${finding}?`)
  return present || uncertain.join('|') || 'Nothing Mentioned'
}

/** Devices are no disease: CheXpert's labeller gives No Finding beside them, and beside nothing else that is present. */
const contradiction = (mentions: Readonly<Record<string, Mention>>): string | undefined =>
  mentions['No Finding'] === 1
    ? CHEXPERT_FINDINGS.find(
        (finding) => finding !== 'No Finding' && finding !== 'Support Devices' && mentions[finding] === 1,
      )
    : undefined

/** Laterals have no AP/PA in the tables of release 1.0. */
const viewOf = (frontal: string, projection: string): string =>
  frontal === 'Lateral' && (projection === '' || projection === 'AP' || projection === 'PA') ? 'LATERAL' : projection

/** Adds the rows to `films`, by id. @returns how many rows there are */
export const parseChexpert = (file: NamedTable, films: Map<string, FilmRow>, report: Report): number =>
  tableRows(file, COLUMNS, report, ({ line, cell }) => {
    const where = `${file.name} line ${line}`
    const path = cell('Path')
    const unsafe = unsafeName(path, 'path')
    if (unsafe !== undefined) return report('unsafe', `${where}: Path ${quoted(path)} ${unsafe}`)
    const found = chexpertPath(path)
    if (!found) {
      return report(
        'number',
        `${where}: Path is ${quoted(path)}, expected …/train/patient00001/study1/view1_frontal.jpg`,
      )
    }
    const { id, patient } = found
    const known = films.get(id)
    if (known) return report('duplicate', `${where}: ${id} is there a second time, first on ${known.where}`, id)
    const entries = CHEXPERT_FINDINGS.flatMap((finding): ReadonlyArray<readonly [string, Mention]> => {
      const text = cell(finding)
      if (text === '') return []
      const mention = MENTIONS.get(text)
      if (mention !== undefined) return [[finding, mention]]
      report('number', `${where}: ${finding} is ${quoted(text)}, expected 1, 0, -1 or nothing`, id)
      return []
    })
    const mentions: Readonly<Record<string, Mention>> = Object.fromEntries(entries)
    const beside = contradiction(mentions)
    if (beside !== undefined) report('class', `${where}: "No Finding" is 1 beside ${quoted(beside)}`, id)
    const frontal = cell('Frontal/Lateral')
    if (frontal !== 'Frontal' && frontal !== 'Lateral') {
      report('number', `${where}: Frontal/Lateral is ${quoted(frontal)}, expected Frontal or Lateral`, id)
    }
    films.set(id, {
      id,
      where: `line ${line} of ${file.name}`,
      patient,
      view: viewOf(frontal, cell('AP/PA').toUpperCase()),
      sex: sexOf(cell('Sex')),
      age: yearsOf(cell('Age')),
      class: classOf(mentions),
      mentions,
      boxes: [],
    })
  })
