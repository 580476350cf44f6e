// Entry of `measure-shares`: question by question (one of exclusive classes, or one a finding), generator by generator. Where validation
// films cannot correct a class the shares as predicted remain, and the table says why.
import { rng } from '@radiograft/random'
import { assertUnseen, type MetricRow, type RunOf, type SplitRow } from '@radiograft/pipeline'
import { classCounts } from '../labels/classCounts.ts'
import { classesFound, type FoundClasses } from '../labels/classesFound.ts'
import { confusionCounts } from '../labels/confusionCounts.ts'
import type { ClassifiedFilms, ValidationFilms } from '../labels/drawnFilms.ts'
import { equalNumbersDistance } from '../labels/equalNumbersDistance.ts'
import { realSplitSpread } from '../labels/realSplitSpread.ts'
import { shareDistanceBootstrap } from '../labels/shareDistanceBootstrap.ts'
import { sharesBootstrap } from '../labels/sharesBootstrap.ts'
import { BETWEEN } from '../comparisonRows.ts'
import { MetricError } from '../MetricError.ts'
import type { GroupInterval } from '../resampleGroups.ts'
import type { Verdict } from '../verdict.ts'
import { attempt } from './attempt.ts'
import { armsByName } from './generatedArms.ts'
import type { measureShares } from './measureShares.ts'
import { classesOf, probabilitiesByFilm, type FilmProbabilities } from './probabilitiesByFilm.ts'
import { rowsOfFilms } from './rowsOfFilms.ts'
import { exclusiveQuestion, findingQuestions } from './shareQuestions.ts'

/** The arm of real held-out films, which stand for the generator's source: films that the classifier was not fitted on. */
const SOURCE = 'source'

export const run: RunOf<typeof measureShares> = ({ params, inputs, ctx }) => {
  const { validation, heldOut, generated, labels, findings, split, provenance } = inputs
  const random = rng(ctx.seed)
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
    rows: typeof validation,
    wanted: SplitRow['part'],
  ): ReadonlyArray<FilmProbabilities> =>
    rowsOfFilms(
      argument,
      probabilitiesByFilm(argument, rows, classes),
      part(wanted).map(({ film }) => film),
    )
  const known = read('validation', validation, 'validation')
  const real = read('heldOut', heldOut, 'test')
  if (known.length === 0 || real.length === 0)
    throw new MetricError('split', `has ${known.length} validation and ${real.length} test films: both are needed`)
  const arms = new Map(
    [...armsByName(params.names, generated, [SOURCE])].map(([name, rows]) => [
      name,
      probabilitiesByFilm(`generated (${name})`, rows, classes),
    ]),
  )
  const patientOf = new Map(split.map((row) => [row.film, row.patient]))
  const questions = findings
    ? findingQuestions(classes, findings, params.threshold)
    : exclusiveQuestion(classes, labels)

  const metrics: MetricRow[] = []
  const shares: (string | number | null)[][] = []
  const add = (arm: string, metric: string, n: number, value: number, low = NaN, high = NaN): void =>
    void metrics.push({ arm, part: 'test', metric, value, low, high, n, unit: '' })
  const judged = new Map([...arms.keys()].map((arm): [string, Judged] => [arm, { missing: [], distances: [] }]))

  questions.forEach((question, q) => {
    const size = question.classes.length
    const truths = known.flatMap(({ film, probabilities }) => {
      const truth = question.truth(film)
      return truth === undefined ? [] : [{ film, truth, predicted: question.predicted(probabilities) }]
    })
    const judgedFilms: ValidationFilms = {
      patients: truths.map(({ film }) => patientOf.get(film)!),
      truth: truths.map(({ truth }) => truth),
      predicted: truths.map(({ predicted }) => predicted),
    }
    const confusion = confusionCounts(judgedFilms.truth, judgedFilms.predicted, size)
    const setOf = (films: ReadonlyArray<FilmProbabilities>, unitOf: (film: string) => string): ClassifiedFilms => ({
      units: films.map(({ film }) => unitOf(film)),
      predicted: films.map(({ probabilities }) => question.predicted(probabilities)),
    })
    const source = setOf(real, (film) => patientOf.get(film)!)
    const sets = new Map([
      [SOURCE, source],
      ...[...arms].map(([name, films]) => [name, setOf(films, (film) => film)] as const),
    ])
    const of = question.name === '' ? '' : `-${question.name}`
    const stream = random.fork('question').fork(question.name)
    const corrected = new Map(
      [...sets].map(([arm, set]) => [
        arm,
        attempt(() =>
          sharesBootstrap({ classes: size, validation: judgedFilms, set }, stream.fork('shares').fork(arm), params),
        ),
      ]),
    )
    for (const [arm, set] of sets) {
      const n = set.predicted.length
      const counts = classCounts(set.predicted, size)
      const own = corrected.get(arm)!
      if ('why' in own) ctx.warn(`corrected shares of ${arm}${of} are left out: ${own.why}`)
      const differs =
        arm === SOURCE
          ? undefined
          : attempt(() =>
              shareDistanceBootstrap(
                { classes: size, validation: judgedFilms, a: set, b: source },
                stream.fork('distance').fork(arm),
                params,
              ),
            )
      const found = attempt(() => classesFound({ names: question.classes, confusion, predicted: counts }, params))
      for (const k of question.told) {
        const name = question.classes[k]!
        add(arm, `predicted-share-${name}`, n, counts[k]! / n)
        const share = 'why' in own ? undefined : own.taken.intervals[k]
        if (share) add(arm, `share-${name}`, n, share.value, share.low, share.high)
        const difference = differs && 'taken' in differs ? differs.taken.differences[k] : undefined
        const contrast = `${arm}${BETWEEN}${SOURCE}`
        if (difference) add(contrast, `share-${name}`, n, difference.value, difference.low, difference.high)
        const one = 'taken' in found ? found.taken.classes[k] : undefined
        if (one) add(arm, `found-${name}`, n, one.found ? 1 : 0)
        shares.push([
          arm,
          name,
          n,
          counts[k]!,
          ...cellsOf(share),
          ...cellsOf(difference),
          one?.byMistake ?? null,
          one?.p ?? null,
          one ? (one.found ? 'yes' : 'no') : 'not known',
          'why' in own ? own.why : '',
        ])
      }
      if (arm === SOURCE) continue
      const { missing, distances } = judged.get(arm)!
      if ('taken' in found) {
        // as many source films or fewer, so that what is found among them could have been found among the generated
        const few = stream.fork('source').permutation(real.length).slice(0, Math.min(n, real.length))
        const there = attempt(() =>
          classesFound(
            {
              names: question.classes,
              confusion,
              predicted: classCounts(
                Array.from(few, (i) => source.predicted[i]!),
                size,
              ),
            },
            params,
          ),
        )
        for (const k of question.told)
          if (!found.taken.classes[k]!.found) missing.push(missingClass(found.taken, there, question.classes[k]!))
      } else
        for (const k of question.told) missing.push({ name: question.classes[k]!, reason: found.why, shown: false })
      if (differs && 'taken' in differs) {
        const { value, low, high } = differs.taken.distance
        add(`${arm}${BETWEEN}${SOURCE}`, `share-total-variation${of}`, n, value, low, high)
      }
      const patients = new Set(source.units).size
      const each = Math.min(Math.floor(patients / 2), n)
      const spread = attempt(() => {
        const observed = equalNumbersDistance({ confusion, a: set, b: source }, each, stream.fork('equal').fork(arm))
        const options = { splits: params.splits, patientsEach: each, observed }
        return { observed, ...realSplitSpread({ confusion, real: source }, stream.fork('splits'), options) }
      })
      if ('why' in spread) distances.push({ why: spread.why })
      else {
        const { observed, median, high, p } = spread.taken
        add(`${arm}${BETWEEN}${SOURCE}`, `share-total-variation${of}-at-equal-numbers`, each, observed)
        add(`${arm}${BETWEEN}${SOURCE}`, `share-total-variation${of}-p`, each, p!)
        add(SOURCE, `share-total-variation${of}-real-splits-n${each}`, each, median, spread.taken.distances[0], high)
        distances.push({ observed, high, p: p! })
      }
    }
    ctx.progress(q + 1, questions.length)
  })

  const verdicts = [...judged].flatMap(([arm, of]) => {
    const [similar, all] = [similarShares(of, params), allFound(of)]
    add(arm, 'classes-missing', arms.get(arm)!.length, of.missing.length)
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
      columns: [
        ...['arm', 'class', 'films', 'predicted', 'share', 'low', 'high', `share${BETWEEN}${SOURCE}`, 'low', 'high'],
        ...['by mistake', 'p', 'found', 'not corrected because'],
      ],
      cells: shares,
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

interface Judged {
  /** `shown`: real films at equal numbers, or fewer, show the class */
  readonly missing: { readonly name: string; readonly reason: string; readonly shown: boolean }[]
  readonly distances: (
    { readonly observed: number; readonly high: number; readonly p: number } | { readonly why: string }
  )[]
}

const missingClass = (
  { missing }: FoundClasses,
  there: { readonly taken: FoundClasses } | { readonly why: string },
  name: string,
): Judged['missing'][number] => ({
  name,
  reason: missing.find((one) => one.name === name)!.reason,
  shown: 'taken' in there && there.taken.classes.some((one) => one.name === name && one.found),
})

/**
 * Fails where generated films lie farther from source films than `level` of the splits of real films lie from each other, at equal
 * numbers (Bonferroni over questions). Holds where they do not, and real splits lie within the margin: else nothing could have been seen.
 */
const similarShares = (
  { distances }: Judged,
  { level, margin }: { readonly level: number; readonly margin: number },
): { readonly verdict: Verdict; readonly why: string } => {
  const taken = distances.flatMap((one) => ('why' in one ? [] : [one]))
  const [first] = distances
  if (taken.length < distances.length || !first)
    return { verdict: 'cannot tell', why: distances.find((one) => 'why' in one)?.why ?? 'no class could be compared' }
  const worst = taken.reduce((a, b) => (b.p < a.p ? b : a))
  const high = Math.max(...taken.map((one) => one.high))
  const p = Math.min(1, worst.p * taken.length)
  const figures = `total variation ${worst.observed.toFixed(3)} at equal numbers, real splits up to ${worst.high.toFixed(3)} (95 %), p ${p.toPrecision(2)}`
  if (p <= level) return { verdict: 'fails', why: figures }
  if (high <= margin) return { verdict: 'holds', why: figures }
  return { verdict: 'cannot tell', why: `${figures}: real films themselves differ by more than ${margin}, give more` }
}

/** Fails where a class is missing that real films at equal numbers show; cannot tell where they do not show it either. */
const allFound = ({ missing }: Judged): { readonly verdict: Verdict; readonly why: string } => {
  if (missing.length === 0) return { verdict: 'holds', why: 'every class is found' }
  const why = missing
    .map(
      ({ name, reason, shown }) =>
        `${name} is missing: ${reason}${shown ? '' : '; real films in equal numbers do not show it either'}`,
    )
    .join('; ')
  return { verdict: missing.some(({ shown }) => shown) ? 'fails' : 'cannot tell', why }
}

const cellsOf = (interval: GroupInterval | undefined): (number | null)[] =>
  interval
    ? [interval.value, interval.low, interval.high].map((v) => (Number.isFinite(v) ? v : null))
    : [null, null, null]

/** Several generators of equal numbers share the spread of real splits. */
const once = (rows: ReadonlyArray<MetricRow>): ReadonlyArray<MetricRow> => [
  ...new Map(rows.map((row) => [`${row.arm}\n${row.metric}`, row])).values(),
]
