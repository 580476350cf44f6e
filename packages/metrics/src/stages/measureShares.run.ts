// Entry of `measure-shares`: question by question (one of exclusive classes, or one a finding), generator by generator. Where validation
// films cannot correct a class the shares as predicted remain, and the table says why.
import { rng } from '@radiograft/random'
import { assertUnseen, type MetricRow, type PredictionRow, type RunOf, type SplitRow } from '@radiograft/pipeline'
import type { ClassifiedFilms } from '../labels/drawnFilms.ts'
import { BETWEEN } from '../comparisonRows.ts'
import { MetricError } from '../MetricError.ts'
import type { GroupInterval } from '../replicateIntervals.ts'
import { answerShares, type AskedFilms, type ShareAnswer } from './answerShares.ts'
import { takenOf } from './attempt.ts'
import { classWord } from './classWord.ts'
import { armsByName } from './generatedArms.ts'
import type { measureShares } from './measureShares.ts'
import { classesOf, probabilitiesByFilm, type FilmProbabilities } from './probabilitiesByFilm.ts'
import { rowsOfFilms } from './rowsOfFilms.ts'
import { exclusiveQuestion, findingQuestions, type ShareQuestion } from './shareQuestions.ts'
import { allFound, missingClasses, similarShares } from './shareVerdicts.ts'

/** The arm of real held-out films, which stand for the generator's source: films that the classifier was not fitted on. */
const SOURCE = 'source'

export const run: RunOf<typeof measureShares> = ({ params, inputs, ctx }) => {
  const { labels, findings, split } = inputs
  const { classes, known, real, arms } = classified(inputs, params.names)
  const questions = findings
    ? findingQuestions(classes, findings, params.threshold)
    : exclusiveQuestion(classes, labels)
  const patientOf = new Map(split.map((row) => [row.film, row.patient]))
  const told = questions.reduce((sum, question) => sum + question.told.length, 0)
  const options = { ...params, family: Math.max(1, told * arms.size) }
  const answered = questions.map((question, q) => {
    const asked = askedFilms(question, { known, real, arms }, (film) => patientOf.get(film)!)
    const answers = answerShares(asked, SOURCE, rng(ctx.seed).fork('question').fork(question.name), options)
    ctx.progress(q + 1, questions.length)
    return { question, answers }
  })

  const metrics: MetricRow[] = []
  const add = (arm: string, metric: string, n: number, value: number, low = NaN, high = NaN): void =>
    void metrics.push({ arm, part: 'test', metric, value, low, high, n, unit: '' })
  const cells = answered.flatMap(({ question, answers }) =>
    answers.flatMap((answer) => {
      if ('why' in answer.shares)
        ctx.warn(`corrected shares of ${answer.arm}, ${question.name || 'classes'}, are left out: ${answer.shares.why}`)
      addDistances(add, question, answer)
      return question.told.map((k) => {
        addClass(add, question.classes[k]!, k, answer)
        return classCells(question.classes[k]!, k, answer)
      })
    }),
  )
  const verdicts = [...arms].flatMap(([arm, films]) => {
    const own = answered.map(({ question, answers }) => ({
      ...question,
      answer: answers.find((answer) => answer.arm === arm)!,
    }))
    const missing = missingClasses(own)
    const [similar, all] = films.length > 0 ? [similarShares(own, params), allFound(missing)] : [NONE, NONE]
    if (films.length > 0) add(arm, 'classes-missing', films.length, missing.length)
    return [
      ['P4', 'Generated and source films have similar shares of labels.', arm, similar.verdict, similar.why],
      ['P11', 'All abnormalities are among the generated films.', arm, all.verdict, all.why],
    ]
  })
  return {
    metrics: once(metrics),
    shares: {
      title: 'Labels of generated and of source films, by the same classifier',
      rows: 'P4, P11',
      columns: [...columns],
      cells,
      note:
        `${SOURCE}: held-out real films. Shares are corrected for the classifier's errors on validation films, with 95 % intervals; the classifier is ` +
        'taken to err on generated films as on real ones of the same class. By mistake: films that its errors alone would have predicted so.',
    },
    verdicts: {
      title: 'What the labels of generated films say',
      rows: 'P4, P11',
      columns: ['rows', 'claim', 'arm', 'verdict', 'because'],
      cells: verdicts,
      note: 'Of these films, not of another training of the same network.',
    },
  }
}

/** Of a set without films, such as one of which all were blocked. */
const NONE = { verdict: 'cannot tell', why: 'there is no film to look at' } as const

type Inputs = Parameters<typeof run>[0]['inputs']

interface Classified {
  readonly known: ReadonlyArray<FilmProbabilities>
  readonly real: ReadonlyArray<FilmProbabilities>
  readonly arms: ReadonlyMap<string, ReadonlyArray<FilmProbabilities>>
}

/** @throws LeakageError when held-out patients were seen, or validation patients fitted on */
const classified = (
  { validation, heldOut, generated, split, provenance }: Inputs,
  names: ReadonlyArray<string>,
): Classified & { readonly classes: ReadonlyArray<string> } => {
  const part = (wanted: SplitRow['part']): ReadonlyArray<SplitRow> => split.filter((row) => row.part === wanted)
  assertUnseen(provenance, part('test'))
  // early stopping may look at validation films, a fit may not
  assertUnseen(
    provenance.map((rows) => rows.filter(({ role }) => role === 'training')),
    part('validation'),
  )
  const classes = classesOf(validation)
  const read = (
    argument: string,
    rows: ReadonlyArray<PredictionRow>,
    wanted: SplitRow['part'],
  ): ReadonlyArray<FilmProbabilities> => {
    const films = part(wanted).map(({ film }) => film)
    if (films.length === 0) throw new MetricError('split', `has no film in ${wanted}`)
    return rowsOfFilms(argument, probabilitiesByFilm(argument, rows, classes), films)
  }
  return {
    classes,
    known: read('validation', validation, 'validation'),
    real: read('heldOut', heldOut, 'test'),
    arms: new Map(
      [...armsByName(names, generated, [SOURCE])].map(([name, rows]) => [
        name,
        // a set may be empty, where no film could be mixed or exported: that is what is said of it
        rows.length === 0 ? [] : probabilitiesByFilm(`generated (${name})`, rows, classes),
      ]),
    ),
  }
}

const askedFilms = (
  question: ShareQuestion,
  { known, real, arms }: Classified,
  patientOf: (film: string) => string,
): AskedFilms => {
  const truths = known.flatMap(({ film, probabilities }) => {
    const truth = question.truth(film)
    return truth === undefined ? [] : [{ film, truth, predicted: question.predicted(probabilities) }]
  })
  const setOf = (films: ReadonlyArray<FilmProbabilities>, unitOf: (film: string) => string): ClassifiedFilms => ({
    units: films.map(({ film }) => unitOf(film)),
    predicted: films.map(({ probabilities }) => question.predicted(probabilities)),
  })
  return {
    classes: question.classes,
    validation: {
      patients: truths.map(({ film }) => patientOf(film)),
      truth: truths.map(({ truth }) => truth),
      predicted: truths.map(({ predicted }) => predicted),
    },
    source: setOf(real, patientOf),
    generated: new Map([...arms].map(([name, films]) => [name, setOf(films, (film) => film)])),
  }
}

type Add = (arm: string, metric: string, n: number, value: number, low?: number, high?: number) => void

/**
 * Of one class: as predicted, corrected, with bounds that hold for all classes of all generators together, less the source's, whether it is
 * found, and whether as many real films show it.
 */
const addClass = (add: Add, name: string, k: number, { arm, n, counts, shares, found, beside }: ShareAnswer): void => {
  if (n > 0) add(arm, `predicted-share-${classWord(name)}`, n, counts[k]! / n)
  const share = takenOf(shares)?.intervals[k]
  if (share) {
    const { value, low, high, simultaneous } = share
    add(arm, `share-${classWord(name)}`, n, value, low, high)
    if (beside) add(arm, `share-${classWord(name)}-simultaneous`, n, value, simultaneous.low, simultaneous.high)
  }
  const difference = takenOf(beside?.distance)?.differences[k]
  if (difference)
    add(`${arm}${BETWEEN}${SOURCE}`, `share-${classWord(name)}`, n, difference.value, difference.low, difference.high)
  const one = takenOf(found)?.classes[k]
  if (one) add(arm, `found-${classWord(name)}`, n, one.found ? 1 : 0)
  const shown = takenOf(beside?.shown)?.classes[k]
  if (shown) add(arm, `shown-${classWord(name)}`, n, shown.found ? 1 : 0)
}

/** Of one question: how far generated and source films lie apart, and real ones from each other. */
const addDistances = (add: Add, { name }: ShareQuestion, { arm, n, beside }: ShareAnswer): void => {
  const metric = name === '' ? 'share-total-variation' : `share-total-variation-${name}`
  const contrast = `${arm}${BETWEEN}${SOURCE}`
  const distance = takenOf(beside?.distance)?.distance
  if (distance) add(contrast, metric, n, distance.value, distance.low, distance.high)
  const spread = takenOf(beside?.spread)
  if (!spread) return
  const { each, observed, p, median, distances, high } = spread
  add(contrast, `${metric}-at-equal-numbers`, each, observed)
  add(contrast, `${metric}-p`, each, p)
  add(SOURCE, `${metric}-real-splits-n${each}`, each, median, distances[0], high)
}

const columns = [
  'arm',
  'class',
  'films',
  'predicted',
  'share',
  'low',
  'high',
  `share${BETWEEN}${SOURCE}`,
  'low of it',
  'high of it',
  'by mistake',
  'p',
  'found',
  'not corrected because',
] as const

const classCells = (
  name: string,
  k: number,
  { arm, n, counts, shares, found, beside }: ShareAnswer,
): (string | number | null)[] => {
  const one = takenOf(found)?.classes[k]
  return [
    arm,
    name,
    n,
    counts[k]!,
    ...cellsOf(takenOf(shares)?.intervals[k]),
    ...cellsOf(takenOf(beside?.distance)?.differences[k]),
    one?.byMistake ?? null,
    one?.p ?? null,
    one ? (one.found ? 'yes' : 'no') : 'not known',
    'why' in shares ? shares.why : '',
  ]
}

const cellsOf = (interval: GroupInterval | undefined): (number | null)[] =>
  interval
    ? [interval.value, interval.low, interval.high].map((v) => (Number.isFinite(v) ? v : null))
    : [null, null, null]

/** Several generators of equal numbers share the spread of real splits. */
const once = (rows: ReadonlyArray<MetricRow>): ReadonlyArray<MetricRow> => [
  ...new Map(rows.map((row) => [`${row.arm}\n${row.metric}`, row])).values(),
]
