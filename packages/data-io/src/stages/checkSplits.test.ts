import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Dataset, Pipeline, resolvePipeline } from '@radiograft/pipeline'
import { deriveSeed } from '@radiograft/random'
import { greyPng } from '../testing/greyPng.ts'
import { writeFolder } from '../testing/writeFolder.ts'
import { writeRsnaFixture } from '../testing/rsnaFixture.ts'
import type { FixtureFilm } from '../testing/rsnaFixture.ts'
import { checkSplits, seedOfStage } from './checkSplits.ts'
import { readFilms, renderPhantom, split } from './index.ts'
import { run as runSplit } from './split.run.ts'

const pipeline = Pipeline.make({
  name: 'splits',
  doc: 'a reader and its folds',
  datasets: { rsna: Dataset },
  params: { films: 40, holdOut: 0, validation: 0.18 },
  paramDocs: { films: '', holdOut: '', validation: '' },
  presets: { quick: {}, default: {}, paper: {} },
  axes: { fold: [0, 1, 2, 3] },
  cell: (g, data, p, at) => {
    const raw =
      data.rsna.layout === 'phantom'
        ? g('read', renderPhantom, {}, { films: p.films })
        : g('read', readFilms, { dataset: data.rsna }, { unboxed: 'drop' })
    return g('split', split, raw, { fold: at.fold, holdOut: p.holdOut, validation: p.validation })
  },
  gather: (_, cells) => ({ parts: cells.map((cell) => cell.out.split) }),
})
const check = (root: string | undefined, sets: Readonly<Record<string, string>> = {}, seed = 1) =>
  checkSplits(
    resolvePipeline(pipeline, {
      sets,
      seed,
      ...(root !== undefined && { datasets: { rsna: { layout: 'rsna' as const, root } } }),
    }),
  )
const folder = (films: number, positive: (i: number) => boolean, patients = films): string => {
  const film = (i: number): FixtureFilm => ({
    class: positive(i) ? 'Lung Opacity' : 'Normal',
    patient: `nih-${i % patients}`,
    ...(positive(i) && { boxes: [[1, 1, 2, 2]] }),
  })
  return writeRsnaFixture(Object.fromEntries(Array.from({ length: films }, (_, i) => [`f${i + 10}`, film(i)])))
}

describe('a folder', () => {
  it('whose folds all have what they need', async () => {
    await expect(check(folder(40, (i) => i % 4 === 0))).resolves.toBeUndefined()
  })

  it('without positives: one error that names the labels file', async () => {
    const root = folder(12, () => false)
    await expect(check(root)).rejects.toMatchObject({
      _tag: 'SplitError',
      reason: 'no-positives',
      message: `${join(root, 'stage_2_train_labels.csv')}: no positives: no film of the cohort has target 1. Check the labels, or give films with findings.`,
    })
  })

  it('of fewer patients than folds, though it has films enough', async () => {
    const root = folder(12, (i) => i % 2 === 0, 3)
    await expect(check(root)).rejects.toMatchObject({
      reason: 'too-few-patients',
      message: `${join(root, 'stage_2_train_labels.csv')}: fewer patients than folds: 3 patient(s) for 4 folds. Give films of at least 4 patients, or fewer folds.`,
    })
  })

  it('in one of whose folds a part has no positives', async () => {
    // two positives cannot be in four test parts
    await expect(check(folder(40, (i) => i < 2))).rejects.toMatchObject({ reason: 'no-positives' })
  })
})

it('of positives without a box, where boxes are what is learned: says so', async () => {
  const film = (name: string) => [`${name}.png`, greyPng(4, 4)] as const
  const names = Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'PNEUMONIA' : 'NORMAL'}/f${i + 10}`)
  const root = writeFolder(Object.fromEntries(names.map(film)))
  const asked = resolvePipeline(pipeline, { seed: 1, datasets: { rsna: { layout: 'classes', root } } })
  await expect(checkSplits(asked)).rejects.toThrow(
    /no positives: .* 6 film\(s\) of PNEUMONIA have no box and stay out, since boxes are what is learned: give films with boxes, or another finding\.$/,
  )
})

describe('the phantom, described and not rendered', () => {
  it('of enough films', async () => {
    await expect(check(undefined)).resolves.toBeUndefined()
  })
  it('of too few', async () => {
    await expect(check(undefined, { films: '3' })).rejects.toThrow(
      /^the phantom of 3 film\(s\): fewer patients than folds: 3 patient\(s\) for 4 folds\./,
    )
  })
  it('with shares that leave nothing to train on', async () => {
    await expect(check(undefined, { holdOut: '0.9', validation: '0.2' })).rejects.toMatchObject({ reason: 'option' })
  })
})

it('takes the seed that the runner gives a stage', () => {
  // the command line's tests hold the manifests of a run against the same
  expect(seedOfStage(1, 'split')).toBe(deriveSeed(1, 'split', 0))
})

it('answers what the stage will do, seed for seed', async () => {
  // patients of one to five films, two of them positive: whether validation gets one depends on the seed's order
  const sizes = [5, 1, 4, 2, 5, 1, 3, 4, 2, 3]
  const patientOf = sizes.flatMap((size, patient) => Array.from({ length: size }, () => patient))
  const positive = new Set([0, 3, 6, 8])
  const films = patientOf.map((patient, i) => ({
    film: `f${i + 10}`,
    patient: `nih-${patient}`,
    positive: positive.has(patient),
  }))
  const root = writeRsnaFixture(
    Object.fromEntries(
      films.map(({ film, patient, positive }) => [
        film,
        positive
          ? { class: 'Lung Opacity' as const, patient, boxes: [[1, 1, 2, 2]] as const }
          : { class: 'Normal' as const, patient },
      ]),
    ),
  )
  const reasonOf = (made: Promise<unknown>): Promise<string> =>
    made.then(
      () => 'made',
      (error: { readonly reason: string }) => error.reason,
    )
  const checked: string[] = []
  const made: string[] = []
  for (let seed = 1; seed <= 16; seed++) {
    checked.push(await reasonOf(check(root, { fold: '0' }, seed)))
    const job = {
      params: { folds: 4, fold: 0, holdOut: 0, validation: 0.18 },
      inputs: {
        cohort: films.map(({ film, patient }) => ({ film, patient, patientKnown: true, view: '', sex: '', age: -1 })),
        labels: films.map(({ film, positive }) => ({
          film,
          class: positive ? 'Lung Opacity' : 'Normal',
          target: positive ? 1 : 0,
        })),
      },
      ctx: { seed: seedOfStage(seed, 'split') },
    }
    made.push(await reasonOf((async () => runSplit(job as never))()))
  }
  expect(checked).toEqual(made)
  expect([...new Set(checked)].toSorted()).toEqual(['made', 'no-positives'])
})
