// What should stop a person before they train on a folder, in plain words. Used by `radiograft data`.
import type { Difference, FolderDescription, PixelFacts, Shortcut } from './FolderDescription.ts'
import type { OneVariableAuc } from './oneVariableAuc.ts'
import { aucText, count, percent, twoDigits } from './inWords.ts'
import { printable } from '../folder/printable.ts'

export interface FolderWarning {
  readonly kind:
    | 'target'
    | 'few-positives'
    | 'patients'
    | 'split'
    | 'shortcut'
    | 'difference'
    | 'boxes'
    | 'duplicates'
    | 'labels'
    | 'blank'
  /** holds no control characters: a terminal may show it */
  readonly text: string
}

/** Fewer positives than this, and one film moves every figure by more than 2 points. */
const FEW = 50
/** How far from a half an AUC of one variable is worth words, where its interval excludes a half. */
const TELLING = { view: 0.1, age: 0.1, sex: 0.1, brightness: 0.25 } as const
/** Fewer positives or others, and resampling them shows too little of how they may differ. */
const LEAST = 10
/** AUC of the best guess from a thing that is no finding, and the lower end of its interval, that are worth words. */
const UNLIKE = { auc: 0.65, low: 0.55 } as const

const PATIENT_TABLES: Readonly<Record<string, string>> = {
  rsna: ' Put rsna_to_nih.csv (columns patientId, nihPatient) into the folder.',
  classes: ' Put groups.csv (columns file, patient) into the folder.',
}

const targetWarnings = ({ films, positives, finding, patients }: FolderDescription): ReadonlyArray<FolderWarning> => {
  if (positives === 0 || positives === films)
    return [
      {
        kind: 'target',
        text: `${positives === 0 ? 'No film is' : 'All films are'} positive for '${finding}': nothing can be learned or measured. Choose another with --finding.`,
      },
    ]
  if (positives >= FEW) return []
  const whose = patients.known && patients.withPositive < positives ? ` of ${patients.withPositive} patients` : ''
  return [
    {
      kind: 'few-positives',
      text: `Only ${count(positives, 'positive film')}${whose}: each moves a sensitivity by ${percent(1 / positives)}, and an average precision by as much. Give intervals, and tune nothing to these films.`,
    },
  ]
}

const patientWarnings = ({ patients, splits, layout }: FolderDescription): ReadonlyArray<FolderWarning> => [
  ...(patients.known
    ? []
    : [
        {
          kind: 'patients',
          text: `Whose ${count(patients.unknownFilms, 'film')} are is not known: a split is by film, and one patient may be on both sides of it (G29).${PATIENT_TABLES[layout] ?? ''}`,
        } as const,
      ]),
  ...(splits && splits.patientsInSeveral > 0
    ? [
        {
          kind: 'split',
          text: `Patients on several sides of the folder's own split (${splits.parts.map(({ part }) => part).join(', ')}): ${splits.patientsInSeveral}. Do not use that split.`,
        } as const,
      ]
    : []),
]

const shareOf = (
  counts: FolderDescription['views'],
  value: string,
  among: ReadonlyArray<string>,
): readonly [positives: number, others: number] => {
  const known = counts.filter((each) => among.includes(each.value))
  const share = (of: 'positives' | 'negatives'): number =>
    (known.find((each) => each.value === value)?.[of] ?? 0) / known.reduce((sum, each) => sum + each[of], 0)
  return [share('positives'), share('negatives')]
}

const shortcutWords = ({ variable }: Shortcut, { views, sexes, ages }: FolderDescription): string => {
  const differ = (what: string, [positives, others]: readonly [number, number]): string =>
    `${percent(positives)} of the positives are ${what}, ${percent(others)} of the others`
  if (variable === 'view') return differ('AP', shareOf(views, 'AP', ['AP', 'PA']))
  if (variable === 'sex') return differ('of men', shareOf(sexes, 'M', ['M', 'F']))
  if (variable === 'brightness') return 'their mean grey values differ'
  return ages.positives.length === 0 || ages.others.length === 0
    ? 'their ages differ'
    : `their median ages are ${ages.positives[1]} and ${ages.others[1]}`
}

const shortcutWarnings = (description: FolderDescription, all: ReadonlyArray<Shortcut>): ReadonlyArray<FolderWarning> =>
  all.flatMap((shortcut): ReadonlyArray<FolderWarning> => {
    const { variable, alone, againstNormal } = shortcut
    const tells = (found: OneVariableAuc | undefined): found is OneVariableAuc =>
      found !== undefined &&
      Math.min(found.positives, found.films - found.positives) >= LEAST &&
      Math.abs(found.auc - 0.5) >= TELLING[variable] &&
      (found.low > 0.5 || found.high < 0.5)
    if (!tells(alone) && !tells(againstNormal)) return []
    const against = againstNormal ? `, against normal films ${aucText(againstNormal)}` : ''
    return [
      {
        kind: 'shortcut',
        text: `The ${variable} alone predicts the target: AUC ${alone ? aucText(alone) : ''}${against} (${shortcutWords(shortcut, description)}). A model can score that much without having seen a finding: give results by ${variable}, or match it.`,
      },
    ]
  })

const differenceWarnings = (differences: ReadonlyArray<Difference>): ReadonlyArray<FolderWarning> => {
  const telling = differences.filter(({ auc, low }) => auc >= UNLIKE.auc && low >= UNLIKE.low)
  // the shape follows from the size
  return telling
    .filter(({ of }) => of !== 'shape' || !telling.some((other) => other.of === 'size'))
    .map(({ of, auc, values }) => ({
      kind: 'difference',
      text: `Positives and the others differ in ${of}, which alone predicts the target with AUC ${twoDigits(auc)} (${values
        .slice(0, 2)
        .map(
          ({ value, positives, others }) =>
            `${value}: ${percent(positives)} of the positives, ${percent(others)} of the others`,
        )
        .join('; ')}). They may come from different sources, and a model then learns the source.`,
    }))
}

const boxWarnings = ({ boxes, positives }: FolderDescription): ReadonlyArray<FolderWarning> =>
  boxes && boxes.boxes > 0 && boxes.positivesWithout > 0
    ? [
        {
          kind: 'boxes',
          text: `Positive films without a box of the finding: ${boxes.positivesWithout} of ${positives}. A detector would be taught that nothing is there.`,
        },
      ]
    : []

const pixelWarnings = ({ duplicates, blank }: PixelFacts): ReadonlyArray<FolderWarning> => {
  const several = duplicates.filter(({ patients }) => patients === 'several')
  const unknown = duplicates.filter(({ patients }) => patients === 'unknown')
  const differ = duplicates.filter(({ targetsDiffer }) => targetsDiffer)
  const warn = (kind: FolderWarning['kind'], those: number, text: string): ReadonlyArray<FolderWarning> =>
    those === 0 ? [] : [{ kind, text }]
  return [
    ...warn(
      'duplicates',
      several.length,
      `Films that are the same or look it are filed under several patients (${count(several.length, 'group')}): a split by patient may train on a film and test on its copy. Look at them, and give them one patient or drop all but one.`,
    ),
    ...warn(
      'duplicates',
      unknown.length,
      `Films that are the same or look it, of patients who are not known (${count(unknown.length, 'group')}): a split by film may train on a film and test on its copy. Drop all but one of each.`,
    ),
    ...warn(
      'labels',
      differ.length,
      `Films that are the same or look it have different targets (${count(differ.length, 'group')}): one of the labels is wrong.`,
    ),
    ...warn(
      'blank',
      blank.length,
      `Films of a single grey value (${blank.length}): ${blank.slice(0, 5).join(', ')}${blank.length > 5 ? ', …' : ''}.`,
    ),
  ]
}

/** @param pixels undefined where no film was decoded */
export const folderWarnings = (
  description: FolderDescription,
  pixels: PixelFacts | undefined,
): ReadonlyArray<FolderWarning> =>
  [
    ...targetWarnings(description),
    ...patientWarnings(description),
    ...shortcutWarnings(description, [...description.shortcuts, ...(pixels ? [pixels.brightness] : [])]),
    ...differenceWarnings([...description.differences, ...(pixels?.differences ?? [])]),
    ...boxWarnings(description),
    ...(pixels ? pixelWarnings(pixels) : []),
  ].map(({ kind, text }) => ({ kind, text: printable(text) }))
