import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { classesFound } from './classesFound.ts'

describe('classesFound', () => {
  const names = ['normal', 'effusion', 'mass']
  // of 200 validated films each: 10 normals called mass, 10 effusions called mass
  const confusion = Float64Array.of(180, 10, 10, 10, 180, 10, 10, 10, 180)

  test('a class left out of training is missing, though the classifier says it now and then', () => {
    // 600 normals and 400 effusions, predicted by the rates: no mass
    const predicted = Float64Array.of(560, 390, 50)
    const { classes, missing } = classesFound({ names, confusion, predicted })
    expect(classes.map(({ name, count, found }) => [name, count, found])).toEqual([
      ['normal', 560, true],
      ['effusion', 390, true],
      ['mass', 50, false],
    ])
    expect(missing).toEqual([
      { name: 'mass', reason: expect.stringMatching(/predicted 50 times, .* errors .* explain/) },
    ])
    expect(classes[2]!.share).toBeLessThan(1e-9)
  })

  test('a class of a tenth is found, with its count and its corrected share', () => {
    // 500, 400, 100: masses predicted .05·900 + .9·100 = 135
    const { classes, missing } = classesFound({ names, confusion, predicted: Float64Array.of(475, 390, 135) })
    expect(missing).toEqual([])
    expect(classes[2]!.count).toBe(135)
    expect(classes[2]!.share).toBeCloseTo(0.1, 12)
  })

  test('never predicted; and one film in a thousand is no proof where errors are known to a thousandth only', () => {
    const nearly = Float64Array.of(200, 0, 0, 0, 200, 0, 0, 0, 200)
    expect(classesFound({ names, confusion: nearly, predicted: Float64Array.of(5, 5, 0) }).missing).toEqual([
      { name: 'mass', reason: 'never predicted' },
    ])
    // 1,000 films · ½ / 201.5 = 2.5 by mistake
    const one = classesFound({ names, confusion: nearly, predicted: Float64Array.of(500, 499, 1) })
    expect(one.missing.map(({ name }) => name)).toEqual(['mass'])
    expect(one.classes[2]!.byMistake).toBeCloseTo(1000 * (0.5 / 201.5), 1)
    expect(classesFound({ names, confusion: nearly, predicted: Float64Array.of(500, 490, 10) }).missing).toEqual([])
  })

  test('p by hand: one other class, so a beta-binomial of its errors', () => {
    // 100 normals, 10 called mass: a = 10.5, b = 90.5; of two films both: a (a + 1) / ((a + b) (a + b + 1))
    const two = classesFound({
      names: ['normal', 'mass'],
      confusion: Float64Array.of(90, 10, 0, 100),
      predicted: Float64Array.of(0, 2),
    })
    expect(two.classes[1]!.p).toBeCloseTo((10.5 * 11.5) / (101 * 102), 12)
  })

  test('the error of "found" holds however few validation films, and a tenth is found by 400', () => {
    const rows = [
      [0.8, 0.15, 0.05],
      [0.2, 0.7, 0.1],
      [0.05, 0.15, 0.8],
    ]
    const found = (validation: number, masses: number): number => {
      let sum = 0
      for (let trial = 0; trial < 200; trial++) {
        const random = rng('found').fork(`${validation}/${masses}`).fork(trial)
        const draw = (films: readonly number[]): ReadonlyArray<readonly number[]> =>
          films.map((n, k) => {
            const counts = [0, 0, 0]
            for (let i = 0; i < n; i++) counts[random.choice(rows[k]!)]! += 1
            return counts
          })
        const confusion = Float64Array.from(draw(rows.map(() => Math.round(validation / 3))).flat())
        const sets = draw([600 - masses, 400, masses])
        const predicted = Float64Array.from([0, 1, 2], (k) => sets.reduce((all, set) => all + set[k]!, 0))
        if (classesFound({ names, confusion, predicted }).classes[2]!.found) sum++
      }
      return sum / 200
    }
    // with the errors taken as known it was .12 to .2
    for (const validation of [100, 400]) expect(found(validation, 0)).toBeLessThan(0.07)
    expect(found(400, 0)).toBeGreaterThan(0)
    expect(found(400, 100)).toBeGreaterThan(0.9)
  })

  test('films of one patient count once: where they are all called alike, "found" still holds its error', () => {
    // patients of each class, films of each, called the same way; films counted as if of as many patients err twice as often or more
    const TRIALS = 400
    const errors = (PATIENTS: number, FILMS: number, rate: number, known: boolean): number => {
      const patients = known ? Float64Array.of(PATIENTS, PATIENTS) : undefined
      const rows = [
        [1 - rate, rate],
        [rate, 1 - rate],
      ]
      let sum = 0
      for (let trial = 0; trial < TRIALS; trial++) {
        const random = rng('patients').fork(trial)
        const confusion = new Float64Array(4)
        for (let k = 0; k < 2; k++)
          for (let i = 0; i < PATIENTS; i++) confusion[2 * k + random.choice(rows[k]!)]! += FILMS
        const predicted = new Float64Array(2)
        for (let i = 0; i < 400; i++) predicted[random.choice(rows[0]!)]! += 1
        const { classes } = classesFound({
          names: ['normal', 'mass'],
          confusion,
          ...(patients ? { patients } : {}),
          predicted,
        })
        if (classes[1]!.found) sum++
      }
      return sum / TRIALS
    }
    expect(errors(60, 4, 0.1, true)).toBeLessThan(0.07)
    expect(errors(60, 4, 0.1, false)).toBeGreaterThan(0.1)
    // of an error that no validation patient may have shown
    expect(errors(30, 10, 0.02, true)).toBeLessThan(0.07)
    expect(errors(30, 10, 0.02, false)).toBeGreaterThan(0.3)
  })

  test('refusals', () => {
    expect(() =>
      classesFound({ names, confusion, patients: Float64Array.of(1, 1), predicted: Float64Array.of(1, 1, 1) }),
    ).toThrow(/2 numbers for 3 classes/)
    expect(() => classesFound({ names: ['a'], confusion, predicted: Float64Array.of(1, 1, 1) })).toThrow(
      /1 for 3 classes/,
    )
    expect(() => classesFound({ names, confusion, predicted: Float64Array.of(1, 1, 1) }, { level: 5 })).toThrow(/level/)
  })
})
