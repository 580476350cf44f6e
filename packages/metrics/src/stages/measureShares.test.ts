// `measure-shares` with classifiers whose errors are known, on films whose classes are known.
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { LeakageError, type FindingRow, type MetricRow, type Part, type PredictionRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { measureShares } from './measureShares.ts'
import { run } from './measureShares.run.ts'

/** Films of one part in order: the true class and the class predicted, so many times. */
type Counts = ReadonlyArray<readonly [truth: string, predicted: string, films: number]>

const classes = ['Edema', 'Effusion', 'Normal']
const filmsOf = (prefix: string, counts: Counts) =>
  counts
    .flatMap(([truth, predicted, n]) => Array.from({ length: n }, () => ({ truth, predicted })))
    .map((film, i) => ({ film: `${prefix}-${String(i).padStart(4, '0')}`, ...film }))
const predictionsOf = (
  films: ReadonlyArray<{ readonly film: string; readonly predicted: string }>,
  of: ReadonlyArray<string> = classes,
): PredictionRow[] =>
  films.flatMap(({ film, predicted }) =>
    of.map((name) => ({ film, class: name, probability: name === predicted ? 0.8 : 0.2 / (of.length - 1) })),
  )

interface Study {
  readonly validation: Counts
  readonly heldOut: Counts
  readonly generated: Readonly<Record<string, Counts>>
}
const inputsOf = ({ validation, heldOut, generated }: Study) => {
  const [known, real] = [filmsOf('v', validation), filmsOf('t', heldOut)]
  const parts: Part[] = [...known.map((): Part => 'validation'), ...real.map((): Part => 'test')]
  const all = [...known, ...real]
  const { labels, split } = cohortTables(
    all.map(({ film }) => film),
    { partOf: (i) => parts[i]!, classOf: (i) => all[i]!.truth },
  )
  return {
    validation: predictionsOf(known),
    heldOut: predictionsOf(real),
    generated: Object.values(generated).map((counts) => predictionsOf(filmsOf('g', counts))),
    labels,
    findings: undefined as ReadonlyArray<FindingRow> | undefined,
    split,
    provenance: [] as { product: string; film: string; patient: string; role: 'training' | 'tuning' }[][],
  }
}
const measureInputs = async (inputs: ReturnType<typeof inputsOf>, names: ReadonlyArray<string>, given: object = {}) => {
  const ctx = stageContext({ seed: 3 })
  const params = defaultsOf(measureShares, { names, resamples: 100, splits: 100, ...given })
  const out = await run({ params, inputs, ctx })
  const row = (arm: string, metric: string): MetricRow =>
    out.metrics.find((one) => one.arm === arm && one.metric === metric)!
  const verdict = (claim: 'P4' | 'P11', arm: string) => {
    const line = out.verdicts.cells.find(([rows, , of]) => rows === claim && of === arm)!
    return { verdict: line[3], why: `${line[4]}` }
  }
  return { ...out, row, verdict, warnings: ctx.warnings }
}
const measure = (study: Study, given: object = {}) =>
  measureInputs(inputsOf(study), Object.keys(study.generated), given)

/** Of 100 films each: Edema is called Effusion 20 times; Effusion is called Normal 30 times; Normal is called Edema 10 times. */
const noisy: Counts = [
  ['Edema', 'Edema', 80],
  ['Edema', 'Effusion', 20],
  ['Effusion', 'Effusion', 70],
  ['Effusion', 'Normal', 30],
  ['Normal', 'Normal', 90],
  ['Normal', 'Edema', 10],
]
const perfect: Counts = classes.map((name) => [name, name, 60])
const truly = (edema: number, effusion: number, normal: number): Counts => [
  ['Edema', 'Edema', edema],
  ['Effusion', 'Effusion', effusion],
  ['Normal', 'Normal', normal],
]

describe('exclusive classes', () => {
  test('a perfect classifier: shares are counts', async () => {
    const { row } = await measure({
      validation: perfect,
      heldOut: truly(20, 30, 50),
      generated: { gan: truly(10, 20, 70) },
    })
    for (const [k, share] of [0.1, 0.2, 0.7].entries()) {
      expect(row('gan', `share-${classes[k]}`).value).toBeCloseTo(share, 12)
      expect(row('gan', `predicted-share-${classes[k]}`).value).toBeCloseTo(share, 12)
    }
    expect(row('gan − source', 'share-Normal').value).toBeCloseTo(0.2, 12)
    expect(row('gan − source', 'share-Normal').low).toBeGreaterThan(0)
    expect(row('gan − source', 'share-total-variation').value).toBeCloseTo(0.2, 12)
    expect(row('source', 'share-Effusion')).toMatchObject({ value: expect.closeTo(0.3, 12), n: 100, part: 'test' })
  })

  test('a noisy classifier: 200, 300 and 500 true films of 1,000 are predicted as 210, 250 and 540, and corrected', async () => {
    // Edema .8·200 + .1·500 = 210, Effusion .2·200 + .7·300 = 250, Normal .3·300 + .9·500 = 540
    const predicted = truly(210, 250, 540)
    const { row, shares } = await measure({ validation: noisy, heldOut: predicted, generated: { gan: predicted } })
    for (const [k, share] of [0.2, 0.3, 0.5].entries()) {
      const { value, low, high } = row('gan', `share-${classes[k]}`)
      expect(value).toBeCloseTo(share, 9)
      expect(low < share && share < high && high - low < 0.3).toBe(true)
      expect(row('source', `share-${classes[k]}`).value).toBeCloseTo(share, 9)
    }
    expect(row('gan − source', 'share-total-variation').value).toBeCloseTo(0, 9)
    const line = shares.cells.find(([arm, name]) => arm === 'gan' && name === 'Effusion')!
    expect(line.slice(2, 5)).toEqual([1000, 250, expect.closeTo(0.3, 9)])
  })

  test('films drawn at .2, .3, .5 and called by the noisy classifier: the intervals hold the shares, five seeds', async () => {
    const rates = [
      [0.8, 0.2, 0],
      [0, 0.7, 0.3],
      [0.1, 0, 0.9],
    ]
    const draw = (p: readonly number[], u: number): number => (u < p[0]! ? 0 : u < p[0]! + p[1]! ? 1 : 2)
    let held = 0
    for (let seed = 0; seed < 5; seed++) {
      const random = rng(`films ${seed}`)
      const called = Array.from({ length: 400 }, () =>
        draw(rates[draw([0.2, 0.3], random.uniform())]!, random.uniform()),
      )
      const count = (k: number): number => called.filter((c) => c === k).length
      const { row } = await measure({
        validation: noisy,
        heldOut: truly(84, 100, 216),
        generated: { gan: truly(count(0), count(1), count(2)) },
      })
      for (const [k, share] of [0.2, 0.3, 0.5].entries()) {
        const { low, high } = row('gan', `share-${classes[k]}`)
        if (low <= share && share <= high) held++
      }
    }
    expect(held).toBeGreaterThanOrEqual(13) // of 15 at 95 %
  })

  test('shares of one source hold, others fail, and few real films cannot tell', async () => {
    const study = { validation: noisy, heldOut: truly(210, 250, 540) }
    const many = await measure({ ...study, generated: { like: truly(105, 125, 270), unlike: truly(300, 100, 100) } })
    expect(many.verdict('P4', 'like').verdict).toBe('holds')
    expect(many.verdict('P4', 'unlike').verdict).toBe('fails')
    expect(many.verdict('P4', 'unlike').why).toMatch(/total variation .* real splits up to .* p 0.0099$/)
    expect(many.row('unlike − source', 'share-total-variation-p').value).toBeCloseTo(1 / 101, 12)
    const few = await measure({ ...study, heldOut: truly(4, 5, 11), generated: { like: truly(105, 125, 270) } })
    expect(few.verdict('P4', 'like')).toMatchObject({
      verdict: 'cannot tell',
      why: expect.stringMatching(/give more$/),
    })
  })

  test('a classifier that calls all films alike cannot tell that sets are alike', async () => {
    const blind: Counts = [
      ['Edema', 'Edema', 1],
      ['Edema', 'Normal', 59],
      ['Effusion', 'Effusion', 1],
      ['Effusion', 'Normal', 59],
      ['Normal', 'Normal', 60],
    ]
    const called = (edema: number, normal: number): Counts => [
      ['Edema', 'Normal', edema],
      ['Normal', 'Normal', normal],
    ]
    const { verdict } = await measure({
      validation: blind,
      heldOut: called(50, 250),
      generated: { unlike: called(300, 0) },
    })
    expect(verdict('P4', 'unlike')).toMatchObject({
      verdict: 'cannot tell',
      why: expect.stringMatching(/real splits up to 0.000 .* validate on more films$/),
    })
  })

  test('a class left out is missing though errors predict it; where real films do not show it either nothing is said', async () => {
    // no Edema: of 600 Normal 60 are called Edema
    const left: Counts = [
      ['Normal', 'Normal', 540],
      ['Normal', 'Edema', 60],
      ['Effusion', 'Effusion', 280],
      ['Effusion', 'Normal', 120],
    ]
    const { verdict, row, shares } = await measure({
      validation: noisy,
      heldOut: truly(210, 250, 540),
      generated: { left, all: truly(210, 250, 540) },
    })
    expect(verdict('P11', 'all')).toEqual({ verdict: 'holds', why: 'every class is found' })
    expect(verdict('P11', 'left').verdict).toBe('fails')
    expect(verdict('P11', 'left').why).toMatch(/^Edema is missing: predicted 60 times, which the classifier's errors/)
    expect([row('left', 'found-Edema').value, row('left', 'found-Effusion').value]).toEqual([0, 1])
    expect([row('left', 'classes-missing').value, row('all', 'classes-missing').value]).toEqual([1, 0])
    const line = shares.cells.find(([arm, name]) => arm === 'left' && name === 'Edema')!
    expect(line[3]).toBe(60)
    expect(line[12]).toBe('no')
    const unshown = await measure({ validation: noisy, heldOut: truly(60, 250, 690), generated: { left } })
    expect([row('left', 'shown-Edema').value, unshown.row('left', 'shown-Edema').value]).toEqual([1, 0])
    expect(unshown.verdict('P11', 'left')).toMatchObject({
      verdict: 'cannot tell',
      why: expect.stringMatching(/real films in equal numbers do not show it either$/),
    })
  })

  test('a class that only 1,000 real films show is not missed among 40 generated ones', async () => {
    // .09, .30 and .61 are predicted as .133, .21 and .657; 40 films of them show no Edema beyond the classifier's errors
    const { row, verdict } = await measure({
      validation: noisy,
      heldOut: truly(133, 210, 657),
      generated: { few: truly(2, 11, 27), many: truly(60, 280, 660) },
    })
    expect(row('source', 'found-Edema').value).toBe(1)
    expect(verdict('P11', 'few').verdict).toBe('cannot tell')
    expect(verdict('P11', 'many').verdict).toBe('fails')
  })

  test('a class without a validation film leaves the shares as predicted, and says so', async () => {
    const { row, shares, verdict, warnings } = await measure({
      validation: truly(0, 50, 50),
      heldOut: truly(10, 20, 70),
      generated: { gan: truly(10, 20, 70) },
    })
    expect(row('gan', 'share-Normal')).toBeUndefined()
    expect(row('gan', 'predicted-share-Normal').value).toBeCloseTo(0.7, 12)
    expect(shares.cells[0]!.at(-1)).toMatch(/no validation film of class 0/)
    expect(warnings).toHaveLength(2)
    for (const claim of ['P4', 'P11'] as const) expect(verdict(claim, 'gan').verdict).toBe('cannot tell')
  })
})

describe('findings', () => {
  test('each by itself: Rogan and Gladen’s share of each, uncertain and blank ones left out', async () => {
    const inputs = inputsOf({
      validation: [['x', 'x', 200]],
      heldOut: [['x', 'x', 100]],
      generated: { gan: [['x', 'x', 100]] },
    })
    const films = inputs.split.filter(({ part }) => part === 'validation').map(({ film }) => film)
    // of 80 with an Effusion 60 are called, of 100 without 10; 20 say nothing
    const mention = (i: number): number | undefined => (i < 80 ? 1 : i < 180 ? 0 : i < 190 ? -1 : undefined)
    const called = (film: string, from: number, to: number): boolean => +film.slice(2) >= from && +film.slice(2) < to
    const probabilities = (film: string, effusion: boolean): PredictionRow[] => [
      { film, class: 'Edema', probability: effusion ? 0.2 : 0.9 },
      { film, class: 'Effusion', probability: effusion ? 0.5 : 0.49 },
    ]
    const set = (prefix: string, n: number): PredictionRow[] =>
      Array.from({ length: 100 }, (_, i) => `${prefix}-${String(i).padStart(4, '0')}`).flatMap((film) =>
        probabilities(film, called(film, 0, n)),
      )
    const findings = films.flatMap((film, i): FindingRow[] => {
      const of = mention(i)
      const edema = { film, finding: 'Edema', mention: 1 - Number(called(film, 0, 60) || called(film, 80, 90)) }
      return of === undefined ? [edema] : [edema, { film, finding: 'Effusion', mention: of }]
    })
    const { row } = await measureInputs(
      {
        ...inputs,
        validation: films.flatMap((film) => probabilities(film, called(film, 0, 60) || called(film, 80, 90))),
        heldOut: set('t', 40),
        generated: [set('g', 30)],
        findings,
      },
      ['gan'],
    )
    // (.3 − .1) / (.75 − .1), and .4 in source films
    expect(row('gan', 'share-Effusion').value).toBeCloseTo(0.2 / 0.65, 9)
    expect(row('gan − source', 'share-Effusion').value).toBeCloseTo(-0.1 / 0.65, 9)
    expect(row('gan − source', 'share-total-variation-Effusion').value).toBeCloseTo(0.1 / 0.65, 9)
    expect(row('gan', 'share-Edema').value).toBeCloseTo(0.7, 9) // called as they are
    expect(row('gan', 'share-no Effusion')).toBeUndefined()
    await expect(measureInputs({ ...inputs, findings: [] }, ['gan'])).rejects.toThrow(/say nothing of "Edema"/)
  })
})

describe('refusals', () => {
  const study: Study = { validation: perfect, heldOut: truly(20, 30, 50), generated: { gan: truly(20, 30, 50) } }
  const inputs = inputsOf(study)
  const changed = (given: Partial<typeof inputs>, names = ['gan']) => measureInputs({ ...inputs, ...given }, names)

  test('classes that the classifier does not know, twice, lacking, or no probability', async () => {
    const [first, ...rest] = inputs.generated[0]!
    await expect(changed({ generated: [[{ ...first!, class: 'Mass' }, ...rest]] })).rejects.toThrow(
      /film g-0000 has class "Mass", validation films have Edema, Effusion, Normal/,
    )
    await expect(changed({ generated: [[first!, first!, ...rest]] })).rejects.toThrow(/class "Edema" twice/)
    await expect(changed({ generated: [rest] })).rejects.toThrow(/no probability of "Edema"/)
    await expect(changed({ generated: [[{ ...first!, probability: NaN }, ...rest]] })).rejects.toThrow(
      /probability NaN/,
    )
    await expect(changed({ labels: inputs.labels.map((row) => ({ ...row, class: 'Mass' })) })).rejects.toThrow(
      /is of class "Mass", which the classifier does not know/,
    )
  })

  test('of a set without films nothing is told', async () => {
    const { metrics, verdicts, warnings } = await changed({ generated: [[]] })
    expect(verdicts.cells.map(([row, , , verdict, why]) => [row, verdict, why])).toEqual([
      ['P4', 'cannot tell', 'there is no film to look at'],
      ['P11', 'cannot tell', 'there is no film to look at'],
    ])
    expect([...metrics].filter(({ arm }) => arm !== 'source')).toEqual([])
    expect(warnings).toEqual(['corrected shares of gan, classes, are left out: predicted: counts no film'])
  })

  test('no films, films without predictions or labels, a classifier fitted on validation patients', async () => {
    await expect(changed({ heldOut: inputs.heldOut.slice(3) })).rejects.toThrow(
      /heldOut: has no row of 1 of the split's 100 films/,
    )
    await expect(changed({ labels: [] })).rejects.toThrow(/no class of validation film v-0000/)
    await expect(changed({ split: inputs.split.filter(({ part }) => part === 'test') })).rejects.toThrow(
      /split: has no film in validation/,
    )
    await expect(changed({}, ['source'])).rejects.toThrow(/"source" is empty, stands twice or/)
    const seen = (film: string, role: 'training' | 'tuning') => ({
      provenance: [[{ product: 'classifier', film, patient: `patient of ${film}`, role }]],
    })
    await expect(changed(seen('v-0000', 'training'))).rejects.toThrow(LeakageError)
    await expect(changed(seen('t-0000', 'tuning'))).rejects.toThrow(LeakageError)
    await expect(measureInputs({ ...inputs, ...seen('v-0000', 'tuning') }, ['gan'])).resolves.toBeDefined()
  })
})
