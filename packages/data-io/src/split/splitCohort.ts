// Cohort to training, validation and test (rows G3, G4, G29): patient-disjoint, stratified, and a function of ids and
// seed alone. Used by the split stage.
//
// The patients lie on a circle (patientCircle) on which every stretch is stratified. Cross-validation cuts it into `folds`
// test parts, which partition the cohort, and takes validation from what follows. A hold-out takes the first stretch as
// test for every fold; the fold then chooses a validation window in the rest.
import { byText } from '../cohort/Cohort.ts'
import type { CohortEntry, LabelEntry } from '../cohort/Cohort.ts'
import { assertPatientDisjoint } from './assertPatientDisjoint.ts'
import { patientCircle } from './patientCircle.ts'
import type { PatientGroup } from './patientCircle.ts'
import { SplitError } from './SplitError.ts'

export type SplitPart = 'train' | 'validation' | 'test'

export interface SplitEntry {
  readonly film: string
  readonly patient: string
  readonly part: SplitPart
  /** `film` where no map says who the patient is: the split is then by film (row G29) */
  readonly unit: 'patient' | 'film'
  /** true for the test part of a hold-out */
  readonly sealed: boolean
}

export interface SplitRequest {
  readonly cohort: ReadonlyArray<CohortEntry>
  readonly labels: ReadonlyArray<LabelEntry>
  /** at least 2 */
  readonly folds: number
  /** 0 to folds − 1 */
  readonly fold: number
  /** share of all films in a test part that all folds share; 0: each fold has its own, of 1 / folds */
  readonly holdOut: number
  /** share of all films in the validation part */
  readonly validation: number
  readonly seed: number
}

const ENOUGH = 'Give more films, fewer folds, or larger shares.'

const checkOptions = ({ folds, fold, holdOut, validation }: SplitRequest): void => {
  const test = holdOut > 0 ? holdOut : 1 / folds
  const rules: ReadonlyArray<readonly [holds: boolean, what: string, recovery: string]> = [
    [Number.isSafeInteger(folds) && folds >= 2, `folds is ${folds}`, 'It must be a whole number, 2 or more.'],
    [
      Number.isSafeInteger(fold) && fold >= 0 && fold < folds,
      `fold ${fold} does not exist among ${folds} folds`,
      `Choose one of 0 to ${folds - 1}.`,
    ],
    [holdOut >= 0 && holdOut < 1, `holdOut is ${holdOut}`, 'It is a share of the films, 0 or more and below 1.'],
    [
      validation > 0 && validation + test < 1,
      `validation is ${validation} beside a test part of ${test}`,
      'It is a share of all films above 0, and both together must leave films to train on.',
    ],
  ]
  const broken = rules.find(([holds]) => !holds)
  if (broken) throw new SplitError('option', broken[1], broken[2])
}

const labelsOf = ({ cohort, labels }: SplitRequest): ReadonlyMap<string, LabelEntry> => {
  const found = new Map(labels.map((label) => [label.film, label]))
  const films = new Set(cohort.map((entry) => entry.film))
  const recovery = 'Pass cohort and labels of the same reader.'
  if (films.size < cohort.length) {
    throw new SplitError('cohort', `the cohort lists ${cohort.length - films.size} film(s) twice`, recovery)
  }
  const without = cohort.find((entry) => !found.has(entry.film))
  if (without) throw new SplitError('cohort', `film ${without.film} has no label`, recovery)
  const foreign = labels.find((label) => !films.has(label.film))
  if (foreign) throw new SplitError('cohort', `film ${foreign.film} has a label and is not in the cohort`, recovery)
  return found
}

const filmsOf = (groups: Iterable<PatientGroup>): number =>
  [...groups].reduce((sum, { films }) => sum + films.length, 0)

/**
 * The patients whose middle film, counted along these groups, lies in [from, to). Patients of one film meet the length
 * exactly, others to half the films of the patient at either end. A window past the end goes on at the start.
 */
const stretch = (groups: ReadonlyArray<PatientGroup>, from: number, to: number): ReadonlySet<PatientGroup> => {
  const total = filmsOf(groups)
  const inside = new Set<PatientGroup>()
  let before = 0
  for (const group of groups) {
    const middle = before + group.films.length / 2
    before += group.films.length
    if ((middle >= from && middle < to) || middle < to - total) inside.add(group)
  }
  return inside
}

const partsOf = (
  circle: ReadonlyArray<PatientGroup>,
  { folds, fold, holdOut, validation }: SplitRequest,
): Record<'test' | 'validation', ReadonlySet<PatientGroup>> => {
  const all = filmsOf(circle)
  const sealed = holdOut > 0
  const test = sealed
    ? stretch(circle, 0, Math.round(holdOut * all))
    : stretch(circle, Math.round((fold * all) / folds), Math.round(((fold + 1) * all) / folds))
  // what is left: of a hold-out from its start, else from the end of the fold's test part round to its beginning
  const end = sealed ? 0 : circle.findLastIndex((group) => test.has(group)) + 1
  const rest = [...circle.slice(end), ...circle.slice(0, end)].filter((group) => !test.has(group))
  const left = filmsOf(rest)
  // windows that fit side by side must not meet for rounding
  const fits = validation * all * folds <= left
  const length = Math.min(Math.round(validation * all), fits ? Math.floor(left / folds) : left)
  const from = sealed ? Math.floor((fold * left) / folds) : 0
  return { test, validation: stretch(rest, from, from + length) }
}

const checkParts = (rows: ReadonlyArray<SplitEntry>, labels: ReadonlyMap<string, LabelEntry>): void => {
  for (const part of ['test', 'validation', 'train'] as const) {
    const films = rows.filter((row) => row.part === part)
    if (films.length === 0) throw new SplitError('empty-part', `the ${part} part has no film`, ENOUGH)
    if (!films.some((row) => labels.get(row.film)?.target === 1)) {
      throw new SplitError(
        'no-positives',
        `the ${part} part has no positives among its ${films.length} film(s), so nothing can be learnt or measured there`,
        ENOUGH,
      )
    }
  }
}

/**
 * The part of every film, in order of film id. The order of the cohort's rows does not matter; equal seeds give equal
 * splits on every machine.
 * @throws SplitError impossible options, fewer patients than folds, a part without films or without positives
 * @throws PatientOverlapError never, unless this function is wrong: its result is checked
 */
export const splitCohort = (request: SplitRequest): ReadonlyArray<SplitEntry> => {
  checkOptions(request)
  const labels = labelsOf(request)
  const circle = patientCircle(request.cohort, labels, request.seed)
  if (circle.length < request.folds) {
    throw new SplitError(
      'too-few-patients',
      `fewer patients than folds: ${circle.length} patient(s) for ${request.folds} folds`,
      `Give films of at least ${request.folds} patients, or fewer folds.`,
    )
  }
  const positives = circle.filter((group) => group.stratum === 'positive').length
  if (positives === 0) {
    throw new SplitError(
      'no-positives',
      'no positives: no film of the cohort has target 1',
      'Check the labels, or give films with findings.',
    )
  }
  const { test, validation } = partsOf(circle, request)
  const rows = circle
    .flatMap((group): ReadonlyArray<SplitEntry> => {
      const part = test.has(group) ? 'test' : validation.has(group) ? 'validation' : 'train'
      return group.films.map(({ film, patient, patientKnown }) => ({
        film,
        patient,
        part,
        unit: patientKnown ? 'patient' : 'film',
        sealed: part === 'test' && request.holdOut > 0,
      }))
    })
    .toSorted((a, b) => byText(a.film, b.film))
  checkParts(rows, labels)
  assertPatientDisjoint(rows)
  return rows
}
