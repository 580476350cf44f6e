// `mix-classes` and `measure-shares` on its sets: a classifier that errs as it does on validation films recovers the known shares and
// misses the class that is left out; one that errs otherwise on unseen films does not.
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import type { FindingRow, Part, PredictionRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { measureShares } from './measureShares.ts'
import { run as measure } from './measureShares.run.ts'
import { mixClasses } from './mixClasses.ts'
import { run } from './mixClasses.run.ts'

const classes = ['Normal', 'Opacity', 'Other']
/** P(predicted | true), a row a true class. */
const rates = [
  [0.9, 0.02, 0.08],
  [0.05, 0.75, 0.2],
  [0.15, 0.1, 0.75],
]
const MIX = [0.33, 0.23, 0.44]
const VALIDATION = 300
const TEST = 600
const ids = Array.from({ length: VALIDATION + TEST }, (_, i) => `f-${String(i).padStart(4, '0')}`)
const partOf = (i: number): Part => (i < VALIDATION ? 'validation' : 'test')

/** @param heldOutRates how the classifier errs on held-out films */
const cohortOf = (seed: number, heldOutRates: ReadonlyArray<ReadonlyArray<number>> = rates, perPatient = 1) => {
  const random = rng('cohort').fork(seed)
  const truth = ids.map(() => random.choice(MIX))
  const said = truth.map((k, i) => random.choice(partOf(i) === 'test' ? heldOutRates[k]! : rates[k]!))
  const { labels: plain, split } = cohortTables(ids, {
    partOf,
    classOf: (i) => classes[truth[i]!]!,
    having: (i) => classes[truth[i]!] === 'Opacity',
    patientOf: (_, i) => `${partOf(i)} ${Math.floor(i / perPatient)}`,
  })
  const predictions: PredictionRow[] = ids.flatMap((film, i) =>
    classes.map((name, k) => ({ film, class: name, probability: k === said[i] ? 0.8 : 0.1 })),
  )
  return { labels: plain, split, predictions, findings: undefined as ReadonlyArray<FindingRow> | undefined }
}
const mix = async (cohort: ReturnType<typeof cohortOf>, given: object = {}, seed = 5) => {
  const ctx = stageContext({ seed })
  const out = await run({ params: defaultsOf(mixClasses, given), inputs: cohort, ctx })
  return { ...out, ctx }
}
const filmsIn = (rows: Iterable<PredictionRow>) => [...new Set([...rows].map(({ film }) => film))]

describe('mix-classes', () => {
  test('sets and source share no patient, validation stays, and known shares are those of the labels', async () => {
    const cohort = cohortOf(1)
    const { unlike, without, split, known, ctx } = await mix(cohort)
    const classOf = new Map(cohort.labels.map((row) => [row.film, row.class]))
    const sets = { 'mix-unlike': filmsIn(unlike), 'mix-without': filmsIn(without) }
    const partIn = new Map([...split].map((row) => [row.film, row.part]))
    for (const films of Object.values(sets)) for (const film of films) expect(partIn.has(film)).toBe(false)
    expect([...split].filter(({ part }) => part === 'validation')).toHaveLength(VALIDATION)
    expect([...split].filter(({ part }) => part === 'test')).toHaveLength(TEST / 2)
    for (const { arm, metric, value, n } of known) {
      const films = sets[arm as keyof typeof sets]
      expect(n).toBe(films.length)
      expect(value).toBe(films.filter((film) => `known-share-${classOf.get(film)}` === metric).length / n)
    }
    const share = (arm: string, name: string) =>
      [...known].find((row) => row.arm === arm && row.metric === `known-share-${name}`)!.value
    expect(share('mix-unlike', 'Opacity')).toBeCloseTo(4 / 7, 1)
    expect(share('mix-without', 'Opacity')).toBe(0)
    expect(ctx.logs[0]).toMatch(
      /^300 of 600 held-out patients make \d+ films of other shares, and \d+ without Opacity$/,
    )
  })

  test('of a patient of several films one is taken', async () => {
    const { unlike, without, split } = await mix(cohortOf(1, rates, 4))
    const patient = (film: string) => Math.floor(ids.indexOf(film) / 4)
    for (const set of [unlike, without]) {
      const films = filmsIn(set)
      expect(new Set(films.map(patient)).size).toBe(films.length)
    }
    expect([...split].filter(({ part }) => part === 'test')).toHaveLength(TEST / 2)
  })

  test('few held-out patients: a class that none of them has is told of, and no set of none has shares', async () => {
    const cohort = cohortOf(1)
    const first = cohort.split.filter(({ part }) => part === 'validation')
    const normal = new Set(cohort.labels.filter((row) => row.class === 'Normal').map(({ film }) => film))
    const heldOut = cohort.split.filter(({ film, part }) => part === 'test' && normal.has(film)).slice(0, 6)
    const { unlike, without, known, ctx } = await mix({ ...cohort, split: [...first, ...heldOut] })
    expect([filmsIn(unlike).length, filmsIn(without).length]).toEqual([3, 3])
    expect(ctx.warnings).toEqual([
      "no film to be mixed is of Opacity, Other: the sets' shares are of the other classes, give more films",
    ])
    expect([...known].map(({ value }) => value)).toEqual([1, 0, 0, 1, 0, 0])
    const opacity = await mix({ ...cohort, split: [...first, ...heldOut] }, { without: 'Normal' })
    expect(filmsIn(opacity.without)).toEqual([])
    expect([...opacity.known].map(({ arm }) => arm)).toEqual(['mix-unlike', 'mix-unlike', 'mix-unlike'])
  })

  test('another class by name; one that there is not', async () => {
    const { known } = await mix(cohortOf(1), { without: 'Other' })
    expect([...known].find(({ arm, value }) => arm === 'mix-without' && value === 0)!.metric).toBe('known-share-Other')
    await expect(mix(cohortOf(1), { without: 'Edema' })).rejects.toThrow(
      /"Edema" is no class that is predicted: give one of Normal, Opacity, Other/,
    )
    const { labels, ...rest } = cohortOf(1)
    await expect(mix({ ...rest, labels: labels.map((row) => ({ ...row, target: 0 })) })).rejects.toThrow(
      /no film is a positive/,
    )
  })

  test('findings: the commonest one, there or not', async () => {
    const cohort = cohortOf(1)
    const has = (i: number, every: number): number => (i % every === 0 ? 1 : 0)
    const findings = ids.flatMap((film, i) =>
      i % 7 === 0 // of every seventh film nothing is said
        ? []
        : [
            { film, finding: 'Edema', mention: has(i, 5) },
            { film, finding: 'Effusion', mention: has(i, 3) },
          ],
    )
    const predictions = findings.map(({ film, finding, mention }) => ({
      film,
      class: finding,
      probability: 0.1 + 0.8 * mention,
    }))
    const { known, unlike, without } = await mix({ ...cohort, predictions, findings })
    expect([...known].map(({ arm, metric }) => `${arm} ${metric}`)).toEqual([
      'mix-unlike known-share-Effusion',
      'mix-without known-share-Effusion',
    ])
    const [a, b] = [...known].map(({ value }) => value)
    expect(a).toBeCloseTo(2 / 3, 1)
    expect(b).toBe(0)
    const shows = new Set(
      findings.filter(({ finding, mention }) => finding === 'Effusion' && mention === 1).map(({ film }) => film),
    )
    expect(filmsIn(without).some((film) => shows.has(film))).toBe(false)
    expect(filmsIn(unlike).every((film) => ids.indexOf(film) % 7 !== 0)).toBe(true)
  })
})

describe('measure-shares on the sets', () => {
  const measured = async (seed: number, heldOutRates?: ReadonlyArray<ReadonlyArray<number>>) => {
    const cohort = cohortOf(seed, heldOutRates)
    const { unlike, without, split, known } = await mix(cohort, {}, seed)
    const names = ['mix-unlike', 'mix-without']
    const out = await measure({
      params: defaultsOf(measureShares, { names, resamples: 400, splits: 100 }),
      inputs: {
        validation: cohort.predictions,
        heldOut: cohort.predictions,
        generated: [[...unlike], [...without]],
        labels: cohort.labels,
        findings: undefined,
        split: [...split],
        provenance: [],
      },
      ctx: stageContext({ seed }),
    })
    const row = (arm: string, metric: string) => out.metrics.find((one) => one.arm === arm && one.metric === metric)!
    const outside = [...known].filter(({ arm, metric, value }) => {
      const { low, high } = row(arm, `${metric.replace('known-', '')}-simultaneous`)
      return value < low - 1e-6 || value > high + 1e-6 // shares come near to 0, not to it
    })
    return { row, outside: outside.map(({ arm, metric }) => `${arm} ${metric}`) }
  }

  test('five seeds: every known share lies in its bounds, the source’s do not all, and the class left out is missing', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const { row, outside } = await measured(seed)
      expect([seed, outside]).toEqual([seed, []])
      const { low, high } = row('mix-unlike', 'share-Opacity-simultaneous')
      expect(low).toBeGreaterThan(row('source', 'share-Opacity').value)
      // wider than the bounds of one share alone
      const alone = row('mix-unlike', 'share-Opacity')
      expect(low <= alone.low && alone.high <= high && high - low > alone.high - alone.low).toBe(true)
      expect([row('mix-without', 'found-Opacity').value, row('mix-without', 'shown-Opacity').value]).toEqual([0, 1])
      expect(row('source', 'share-Opacity-simultaneous')).toBeUndefined()
    }
  })

  test('a classifier that errs otherwise on unseen films: a known share lies outside', async () => {
    const blind = [rates[0]!, [0.6, 0.2, 0.2], rates[2]!]
    for (let seed = 0; seed < 3; seed++)
      expect((await measured(seed, blind)).outside).toContain('mix-unlike known-share-Opacity')
  })
})
