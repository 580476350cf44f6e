// What a classifier learns from: the films of the training and validation parts with their answers, from labels or findings.
// All that can be wrong with them is said here, before anything is trained. Used by the entry of `fit-classifier`.
import {
  assertUnseen,
  filmsOf,
  trainedOn,
  UnknownNameError,
  type CohortRow,
  type Films,
  type FindingRow,
  type LabelRow,
  type SplitRow,
} from '@radiograft/pipeline'
import type { ClassifierTask } from '../classifierConfig.ts'
import { ClassifierError } from '../ClassifierError.ts'

/** One film with its answers. */
export interface Example {
  readonly film: string
  /** [classes], 1 or 0 */
  readonly targets: Float32Array
  /** [1] of classes, [classes] of findings; 0 where nobody knows */
  readonly weights: Float32Array
}

export interface Examples {
  /** sorted */
  readonly classes: ReadonlyArray<string>
  readonly training: ReadonlyArray<Example>
  readonly validation: ReadonlyArray<Example>
  /** films of these parts that say nothing of any of the classes, and are left out */
  readonly silent: number
}

export interface ExampleInputs {
  readonly films: Pick<Films, 'ids'>
  readonly split: ReadonlyArray<SplitRow>
  readonly cohort: ReadonlyArray<CohortRow>
  readonly labels: ReadonlyArray<LabelRow> | undefined
  readonly findings: ReadonlyArray<FindingRow> | undefined
}

export interface ExampleOptions {
  readonly task: ClassifierTask
  /** `weights`: each class, or each finding's yes and no, weighs the same over all training films */
  readonly balance: 'none' | 'weights'
  /** the classes or findings to learn; empty: all */
  readonly only: ReadonlyArray<string>
}

/** A film's answers by name: 1, 0, or none where nobody knows. */
type Said = ReadonlyMap<string, ReadonlyMap<string, number>>

/**
 * @throws ClassifierError when a table is of films that are not there, a film has no label or two, a class or finding cannot be
 * learned, only one is there, or the wrong table is wired
 * @throws UnknownNameError when the split has a part that is none, or `only` a name that the table has not
 * @throws LeakageError when a patient is in both parts
 */
export const examples = (inputs: ExampleInputs, { task, balance, only }: ExampleOptions): Examples => {
  const { films, split, cohort } = inputs
  const parts = ['train', 'validation', 'test'] as const
  for (const { part } of split) if (!parts.includes(part)) throw new UnknownNameError('split part', part, parts)
  const [train, validation] = [filmsOf(split, 'train'), filmsOf(split, 'validation')]
  const there = new Set(films.ids)
  refuse(
    'split',
    'films of the split are not among the films: wire films and split of one reader',
    [...train, ...validation].filter((film) => !there.has(film)),
  )
  if (train.length === 0) throw new ClassifierError('split', 'its training part has no film')
  const patientOf = new Map(cohort.map(({ film, patient }) => [film, patient]))
  assertUnseen(
    [trainedOn('classifier', train, cohort)],
    validation.map((film) => ({ film, patient: patientOf.get(film) ?? film })),
  )

  const table = task === 'classes' ? classTable(inputs) : findingTable(inputs)
  refuse(
    task === 'classes' ? 'labels' : 'findings',
    'films in the table are not among the films: wire films and table of one reader',
    [...table.keys()].filter((film) => !there.has(film)),
  )
  if (task === 'classes')
    refuse(
      'labels',
      'films have no label: label them, or leave them out of the split',
      [...train, ...validation].filter((film) => !table.has(film)),
    )

  const all = [...new Set([...table.values()].flatMap((said) => [...said.keys()]))].toSorted()
  for (const name of only) if (!all.includes(name)) throw new UnknownNameError('class', name, all)
  const classes = only.length > 0 ? [...new Set(only)].toSorted() : all
  if (task === 'classes' && classes.length < 2)
    throw new ClassifierError(
      'labels',
      `there is only one class, ${classes.join()}: a classifier needs two or more`,
      classes,
    )
  if (classes.length === 0) throw new ClassifierError('findings', 'there is no finding in the table')

  const rows = (ids: ReadonlyArray<string>) =>
    ids.flatMap((film) => {
      const said =
        task === 'classes' ? exclusive(classes, table, film) : classes.map((name) => table.get(film)?.get(name))
      return said.some((answer) => answer !== undefined) ? [{ film, said }] : []
    })
  const [training, checking] = [rows(train), rows(validation)]
  const counts = classes.map((_, c) => ({
    yes: training.filter(({ said }) => said[c] === 1).length,
    no: training.filter(({ said }) => said[c] === 0).length,
  }))
  refuse(
    task === 'classes' ? 'labels' : 'findings',
    task === 'classes'
      ? 'classes have no training film: name the others in `only`, or use another split'
      : 'findings are not both present and absent among training films: name the others in `only`, or use another split',
    classes.filter((_, c) => counts[c]!.yes === 0 || counts[c]!.no === 0),
  )

  const example = ({ film, said }: (typeof training)[number]): Example => ({
    film,
    targets: Float32Array.from(said, (answer) => answer ?? 0),
    weights:
      task === 'classes'
        ? // w = n / (C n_c): mean 1, and each class has n / C in all
          Float32Array.of(balance === 'none' ? 1 : training.length / (classes.length * counts[said.indexOf(1)]!.yes))
        : // likewise of the two answers to each finding
          Float32Array.from(said, (answer, c) => {
            if (answer === undefined) return 0
            const { yes, no } = counts[c]!
            return balance === 'none' ? 1 : (yes + no) / (2 * (answer === 1 ? yes : no))
          }),
  })
  return {
    classes,
    training: training.map(example),
    validation: checking.map(example),
    silent: train.length + validation.length - training.length - checking.length,
  }
}

/** The answers of one film where classes exclude one another: none when its class is none of them. */
const exclusive = (classes: ReadonlyArray<string>, table: Said, film: string): ReadonlyArray<number | undefined> => {
  const own = classes.map((name) => table.get(film)?.get(name) ?? 0)
  return own.includes(1) ? own : own.map(() => undefined)
}

const classTable = ({ labels, findings }: ExampleInputs): Said => {
  if (!labels) throw new ClassifierError('labels', 'wire labels, or set task to findings')
  if (findings) throw new ClassifierError('findings', 'is wired, but task is classes: leave it unwired')
  const table = new Map<string, Map<string, number>>()
  const twice: string[] = []
  for (const { film, class: name } of labels) {
    if (table.has(film)) twice.push(film)
    table.set(film, new Map([[name, 1]]))
  }
  refuse('labels', 'films have two labels: keep one, or set task to findings', twice)
  return table
}

const findingTable = ({ labels, findings }: ExampleInputs): Said => {
  if (!findings) throw new ClassifierError('findings', 'wire findings, or set task to classes')
  if (labels) throw new ClassifierError('labels', 'is wired, but task is findings: leave it unwired')
  const table = new Map<string, Map<string, number>>()
  for (const { film, finding, mention } of findings) {
    const said = table.get(film) ?? new Map<string, number>()
    table.set(film, said)
    if (mention !== -1) said.set(finding, mention) // uncertain: as if nobody had looked
  }
  return table
}

/** @throws ClassifierError when there are any, naming the first five */
const refuse = (where: string, what: string, names: ReadonlyArray<string>): void => {
  if (names.length === 0) return
  const shown = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`
  throw new ClassifierError(where, `${names.length} ${what} (${shown})`, names)
}
