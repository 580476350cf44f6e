// A description as tables of words, for a terminal: the command line aligns and colours them. Used by `radiograft data`.
import type {
  BoxFacts,
  DuplicateGroup,
  FolderDescription,
  PixelFacts,
  Shortcut,
  ValueCount,
} from './FolderDescription.ts'
import { SAME_FILM } from './findDuplicates.ts'
import { aucText, count, percent } from './inWords.ts'
import { printable } from '../folder/printable.ts'

export interface DescriptionSection {
  readonly title: string
  /** the first is a head where `head` says so */
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
  readonly head: boolean
  /** of columns; those not named are on the left */
  readonly align: ReadonlyArray<'left' | 'right'>
}

/** Rows shown of a long list; data.json has all. */
const MOST = { sizes: 3, classes: 15, groups: 10, films: 4, bad: 5 } as const

const some = <T>(items: ReadonlyArray<T>, most: number, show: (item: T) => string): string =>
  `${items.slice(0, most).map(show).join(', ')}${items.length > most ? `, and ${items.length - most} more` : ''}`

const plain = (title: string, rows: ReadonlyArray<ReadonlyArray<string> | undefined>): DescriptionSection => ({
  title,
  rows: rows.filter((row) => row !== undefined),
  head: false,
  align: [],
})

const table = (
  title: string,
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  align: ReadonlyArray<'left' | 'right'> = ['left', ...head.slice(1).map(() => 'right' as const)],
): DescriptionSection => ({ title, rows: [head, ...rows], head: true, align })

const patientWords = ({ known, unknownFilms, patients, most, histogram }: FolderDescription['patients']): string => {
  if (!known && unknownFilms === patients) return 'not known'
  const named = known
    ? `${patients}`
    : `not known for ${count(unknownFilms, 'film')}; ${patients - unknownFilms} others`
  if (most === 1) return `${named}, one film each`
  const steps = histogram.map(({ films, patients: those }) => `${films}: ${those}`)
  return `${named}, up to ${count(most, 'film')} each (patients by films: ${steps.join(', ')})`
}

const boxWords = (boxes: BoxFacts | undefined): string => {
  if (!boxes) return 'none: there is no table of boxes'
  if (boxes.boxes === 0) return 'none'
  const perFilm = boxes.perFilm.flatMap((films, i) => (films > 0 ? [`${i + 1}: ${films}`] : []))
  const size = `median ${Math.round(boxes.width)} x ${Math.round(boxes.height)} px, ${percent(boxes.widthShare)} x ${percent(boxes.heightShare)} of the film`
  return `${boxes.boxes} (films by boxes: ${perFilm.join(', ')}), ${size}`
}

const bitWords = ({ bits, inverted, windowed }: PixelFacts): string =>
  [
    ...Object.entries(bits).map(([each, n]) => `${each} (${n})`),
    ...(inverted > 0 ? [`white as zero: ${inverted}`] : []),
    ...(windowed > 0 ? [`through a window of their header: ${windowed}`] : []),
  ].join(', ')

const overview = (description: FolderDescription, pixels: PixelFacts | undefined): DescriptionSection => {
  const { films, positives, finding, formats, sizes, patients, boxes, splits } = description
  const share = films === 0 ? '' : ` (${percent(positives / films)})`
  return plain('What is there', [
    ['films', `${films}, of which ${positives}${share} positive for '${finding}'`],
    ['patients', patientWords(patients)],
    [
      'files',
      Object.entries(formats)
        .map(([format, n]) => `${format} ${n}`)
        .join(', '),
    ],
    ['sizes', some(sizes, MOST.sizes, ({ rows, columns, films: n }) => `${columns} x ${rows} (${n})`)],
    pixels && pixels.films > 0 ? ['bits', bitWords(pixels)] : undefined,
    ['boxes', boxWords(boxes)],
    splits && [
      'own split',
      `${splits.parts.map(({ part, films: n, positives: p }) => `${part} ${n} (${p} positive)`).join(', ')}; ${splits.patientsInSeveral === 0 ? 'no patient' : count(splits.patientsInSeveral, 'patient')} in several parts`,
    ],
  ])
}

const classes = ({ classes: all }: FolderDescription): DescriptionSection =>
  table(
    'Classes',
    ['  class', 'films', 'positive'],
    [
      ...all.slice(0, MOST.classes).map((each) => [`  ${each.class}`, String(each.films), String(each.positives)]),
      ...(all.length > MOST.classes
        ? [
            [
              `  ${all.length - MOST.classes} more classes`,
              String(all.slice(MOST.classes).reduce((sum, { films }) => sum + films, 0)),
              String(all.slice(MOST.classes).reduce((sum, { positives }) => sum + positives, 0)),
            ],
          ]
        : []),
    ],
  )

const findings = ({ findings: all, finding, boxes }: FolderDescription): ReadonlyArray<DescriptionSection> => {
  if (all.length < 2) return []
  const boxed = boxes && boxes.boxes > 0
  return [
    table(
      'Findings',
      ['  finding', 'present', 'absent', 'uncertain', 'blank', ...(boxed ? ['boxes'] : [])],
      all.map((each) => [
        `  ${each.finding}${each.finding === finding ? ' (the target)' : ''}`,
        ...[each.present, each.absent, each.uncertain, each.blank].map(String),
        ...(boxed ? [String(boxes.byLabel[each.finding] ?? 0)] : []),
      ]),
    ),
  ]
}

/** A row a value; one in all where the value is unknown for all films. */
const crossRows = (what: string, counts: ReadonlyArray<ValueCount>): ReadonlyArray<ReadonlyArray<string>> => {
  if (counts.every(({ value }) => value === 'unknown')) return [[`  ${what}`, 'unknown', 'unknown']]
  const sum = (of: 'negatives' | 'positives'): number => counts.reduce((total, each) => total + each[of], 0)
  const cell = (n: number, all: number): string => (all === 0 ? '0' : `${n} (${percent(n / all)})`)
  return counts.map(({ value, negatives, positives }) => [
    `  ${what} ${value}`,
    cell(positives, sum('positives')),
    cell(negatives, sum('negatives')),
  ])
}

const ageRows = ({ ages }: FolderDescription): ReadonlyArray<ReadonlyArray<string>> => {
  if (ages.known === 0) return [['  age', 'unknown', 'unknown']]
  const words = (of: ReadonlyArray<number>): string => (of.length === 0 ? '–' : `${of[1]} (${of[0]} to ${of[2]})`)
  return [['  age in years, median (quartiles)', words(ages.positives), words(ages.others)]]
}

const HOW = { newcombe: "Newcombe's", patients: 'patients resampled' } as const

const shortcutTable = (all: ReadonlyArray<Shortcut>): DescriptionSection => {
  const normal = all.some(({ againstNormal }) => againstNormal)
  return table(
    'How far one thing alone tells the target (AUC with its 95 % interval; .50 is not at all)',
    ['', 'against all others', ...(normal ? ['against normal films'] : []), 'interval', ''],
    all.map(({ variable, high, alone, againstNormal, unknown }) => [
      `  ${variable} (${high} is higher)`,
      alone ? aucText(alone) : 'cannot be told',
      ...(normal ? [againstNormal ? aucText(againstNormal) : '–'] : []),
      alone ? HOW[alone.interval] : '',
      unknown > 0 ? `unknown for ${count(unknown, 'film')}` : '',
    ]),
    [],
  )
}

const where = ({ patients, films }: DuplicateGroup): string =>
  patients === 'one'
    ? 'one patient'
    : patients === 'unknown'
      ? 'patients not known'
      : `patients ${[...new Set(films.map(({ patient }) => patient || 'not known'))].join(', ')}`

const BY = { file: 'the same file', pixels: 'the same pixels', look: 'look the same' } as const

const duplicates = (description: FolderDescription, { duplicates: groups }: PixelFacts): DescriptionSection => {
  const listed = groups.filter(({ patients, targetsDiffer }) => patients !== 'one' || targetsDiffer)
  const within = groups.length - listed.length
  const small = description.sizes.some(({ rows, columns }) => Math.max(rows, columns) < 224)
  const title = `Duplicates (thumbnails of 32 x 32 whose correlation is at least ${SAME_FILM})`
  const rows = [
    ...listed
      .slice(0, MOST.groups)
      .map((group) => [
        `  ${BY[group.by]}${group.by === 'look' ? ` (${group.correlation.toFixed(3)})` : ''}`,
        some(group.films, MOST.films, ({ film }) => film),
        where(group),
        group.targetsDiffer ? 'different targets' : '',
      ]),
    ...(listed.length > MOST.groups ? [[`  ${listed.length - MOST.groups} more groups in data.json`]] : []),
    ...(within > 0 ? [[`  ${count(within, 'group')} within one patient each`]] : []),
    ...(groups.length === 0 ? [['  none']] : []),
    ...(small ? [['  (among films of less than 224 pixels a copy that was moved by a pixel is not found)']] : []),
  ]
  return { title, rows, head: false, align: [] }
}

const leftOut = ({ left }: FolderDescription, pixels: PixelFacts | undefined): ReadonlyArray<DescriptionSection> => {
  const bad = [...left.bad, ...(pixels?.damaged ?? [])]
  const rows = [
    ...(left.laterals > 0 ? [[`  ${count(left.laterals, 'lateral film')} (--laterals drop)`]] : []),
    ...(left.unboxed > 0 ? [[`  ${count(left.unboxed, 'positive film')} without a box`]] : []),
    ...(left.uncertain > 0 ? [[`  ${count(left.uncertain, 'film')} whose finding is uncertain`]] : []),
    ...bad.slice(0, MOST.bad).map(({ why }) => [`  ${why}`]),
    ...(bad.length > MOST.bad ? [[`  ${bad.length - MOST.bad} more in data.json`]] : []),
  ]
  return rows.length === 0 ? [] : [{ title: 'Left out', rows, head: false, align: [] }]
}

/** Cells may hold names of folders and labels of tables, which may be anything. */
const shown = (section: DescriptionSection): DescriptionSection => ({
  ...section,
  rows: section.rows.map((row) => row.map(printable)),
})

/** @param pixels undefined where no film was decoded */
export const descriptionSections = (
  description: FolderDescription,
  pixels: PixelFacts | undefined,
): ReadonlyArray<DescriptionSection> =>
  [
    overview(description, pixels),
    classes(description),
    ...findings(description),
    table(
      'Positives and the others',
      ['', 'positives', 'others'],
      [...crossRows('view', description.views), ...crossRows('sex', description.sexes), ...ageRows(description)],
    ),
    shortcutTable([...description.shortcuts, ...(pixels ? [pixels.brightness] : [])]),
    ...(pixels ? [duplicates(description, pixels)] : []),
    ...leftOut(description, pixels),
  ].map(shown)
