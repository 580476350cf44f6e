// Entry of `mix-classes`. Held-out patients are parted in two: some make the sets, the others stay the source. No classifier was fitted on
// either or chosen by them, and how it errs is counted on validation films.
import { type MetricRow, metricRow, type RunOf } from '@radiograft/pipeline'
import { rng, type Rng } from '@radiograft/random'
import { groupBy } from '../groupBy.ts'
import { dealMixes } from '../labels/dealMixes.ts'
import { MetricError } from '../MetricError.ts'
import { classWord } from './classWord.ts'
import { mixedQuestion } from './mixedQuestion.ts'
import type { mixClasses } from './mixClasses.ts'

export const run: RunOf<typeof mixClasses> = ({ params, inputs, ctx }) => {
  const { predictions, split } = inputs
  const question = mixedQuestion(inputs, params.without)
  const random = rng(ctx.seed)
  const byPatient = groupBy(
    split.filter(({ part }) => part === 'test'),
    ({ patient }) => patient,
  )
  const patients = [...byPatient.keys()].toSorted()
  if (patients.length < 2)
    throw new MetricError('split', `has ${patients.length} patients in test: some are mixed, others stay the source`)
  const count = Math.min(patients.length - 1, Math.max(1, Math.round(params.share * patients.length)))
  const mixed = new Set(random.fork('patients').shuffle(patients).slice(0, count))
  const films = [...mixed].toSorted().flatMap((patient) => {
    const own = byPatient.get(patient)!.flatMap(({ film }): Mixed[] => {
      const truth = question.truth(film)
      return truth === undefined ? [] : [{ film, truth }]
    })
    return own.length === 0 ? [] : [oneOf(own, random.fork('film').fork(patient))]
  })
  const { classes, told, without } = question
  const sets = dealMixes(films, { classes: classes.length, without }, random.fork('deal'))

  const absent = classes.filter((_, k) => films.every(({ truth }) => truth !== k))
  if (films.length === 0) ctx.warn('no film of a known class can be mixed: hold out more patients')
  else if (absent.length > 0)
    ctx.warn(
      `no film to be mixed is of ${absent.join(', ')}: the sets' shares are of the other classes, give more films`,
    )

  const known = (arm: string, set: ReadonlyArray<Mixed>): ReadonlyArray<MetricRow> =>
    (set.length === 0 ? [] : told).map((k) =>
      metricRow({
        arm,
        metric: `known-share-${classWord(classes[k]!)}`,
        value: set.filter(({ truth }) => truth === k).length / set.length,
        n: set.length,
      }),
    )
  const said = (set: ReadonlyArray<Mixed>) => {
    const ids = new Set(set.map(({ film }) => film))
    return predictions.filter(({ film }) => ids.has(film))
  }
  ctx.log(
    `${mixed.size} of ${patients.length} held-out patients make ${sets.unlike.length} films of other shares, and ` +
      `${sets.without.length} without ${classes[without]}`,
  )
  return {
    unlike: said(sets.unlike),
    without: said(sets.without),
    split: split.filter(({ part, patient }) => part !== 'test' || !mixed.has(patient)),
    known: [...known('mix-unlike', sets.unlike), ...known('mix-without', sets.without)],
  }
}

interface Mixed {
  readonly film: string
  readonly truth: number
}

const oneOf = <T>(of: ReadonlyArray<T>, random: Rng): T => of[random.int(0, of.length)]!
