// Both stages, end to end: what is learnable is learned and what is not is not; killed and resumed is bit-equal.
import { beforeAll, expect, jest, test } from '@jest/globals'
import type { FindingRow, Network } from '@radiograft/pipeline'
import {
  cohortTables,
  defaultsOf,
  filmIds,
  filmsInMemory,
  memoryCheckpoints,
  stageContext,
} from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { differing } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { classify, fitClassifier } from './index.ts'
import { run as runClassify } from './classify.run.ts'
import { run as runFit } from './fitClassifier.run.ts'

jest.setTimeout(120_000) // a busy machine is no failure
beforeAll(() => loadRuntime({ threads: 2 }))

const SIZE = 32
const ids = filmIds(96)
const kinds = ['blob', 'columns', 'rows'] as const
const kindOf = (i: number) => kinds[i % 3]!
/** Noise with a bright blob anywhere, with columns, or with rows. */
const pixels = ids.map((id, i) => {
  const random = rng(id)
  const noise = random.uniforms(SIZE * SIZE)
  const [cx, cy, phase] = Array.from(random.uniforms(3))
  return noise.map((v, p) => {
    const [x, y] = [p % SIZE, Math.floor(p / SIZE)]
    const shape = {
      blob: Math.hypot(x - 8 - 16 * cx!, y - 8 - 16 * cy!) < 6 ? 1 : 0,
      columns: Math.sin(x + 6 * phase!) > 0 ? 0.4 : 0,
      rows: Math.sin(y + 6 * phase!) > 0 ? 0.4 : 0,
    }
    return 0.5 * v + 0.5 * shape[kindOf(i)]
  })
})
const filmsAgain = () => filmsInMemory(ids, SIZE, (_, i) => pixels[i]!)
const films = filmsAgain()
const { cohort, labels, split } = cohortTables(ids, {
  partOf: (i) => (i < 48 ? 'train' : i < 66 ? 'validation' : 'test'),
  classOf: kindOf,
})
const inputs = { films, split, cohort, labels, findings: undefined }
const small = { size: SIZE, width: 8, batch: 16, steps: 60, checks: 4, learningRate: 1e-2 }
const fit = (given: object = {}, wired: object = {}, ctx = stageContext()) =>
  runFit({ params: defaultsOf(fitClassifier, { ...small, ...given }), inputs: { ...inputs, ...wired }, ctx })
const predict = async (classifier: Network, of = films) =>
  (
    await runClassify({
      params: defaultsOf(classify, { batch: 40 }),
      inputs: { films: of, classifier },
      ctx: stageContext(),
    })
  ).predictions

/** Share of the test films whose most probable class is their own. */
const accuracy = async (classifier: Network): Promise<number> => {
  const rows = await predict(classifier)
  const test = ids.flatMap((film, i) => (i < 66 ? [] : [{ film, kind: kindOf(i) }]))
  const hits = test.filter(({ film, kind }) => {
    const [best] = rows.filter((row) => row.film === film).toSorted((a, b) => b.probability - a.probability)
    return best!.class === kind
  })
  return hits.length / test.length
}

test('a separable task is learned, and only training and validation films are read; shuffled labels are not learned', async () => {
  const before = tf.memory().numTensors
  const seen = filmsAgain()
  const ctx = stageContext()
  const { classifier, curves, provenance } = await fit({}, { films: seen }, ctx)
  expect([...seen.seen].toSorted()).toEqual(ids.slice(0, 66))
  expect(classifier.config).toEqual({
    architecture: 'small-cnn',
    task: 'classes',
    size: SIZE,
    classes: ['blob', 'columns', 'rows'],
    width: 8,
    dropout: 0.2,
  })
  expect(await accuracy(classifier)).toBeGreaterThan(0.95)
  expect([...new Set(curves.map(({ name }) => name))]).toEqual([
    'gradNorm',
    'learningRate',
    'loss',
    'validation.auc.blob',
    'validation.auc.columns',
    'validation.auc.rows',
    'validation.loss',
    'validation.recall',
    'validation.recall.blob',
    'validation.recall.columns',
    'validation.recall.rows',
  ])
  expect(provenance.filter(({ role }) => role === 'training').map(({ film }) => film)).toEqual(ids.slice(0, 48))
  expect(provenance.filter(({ role }) => role === 'tuning').map(({ film }) => film)).toEqual(ids.slice(48, 66))
  expect(provenance[0]).toMatchObject({ product: 'classifier', patient: 'patient of film-00' })
  expect(ctx.logs.join()).toContain('48 training and 18 validation films; classes blob, columns, rows')
  expect(ctx.logs.at(-1)).toMatch(/^lowest validation loss after step \d+ of 60: .*recall\.blob/)

  // each film keeps its pixels and its part, and takes the label of one of its part
  const order = rng('shuffle').permutation(48)
  const shuffled = labels.map((label, i) => (i < 48 ? { ...label, class: kindOf(order[i]!) } : label))
  expect(await accuracy((await fit({}, { labels: shuffled })).classifier)).toBeLessThan(0.6)
  expect(tf.memory().numTensors).toBe(before)
})

test('predictions: a row a film and class in order, the same at another size, and summing to 1', async () => {
  const { classifier } = await fit({ steps: 4 })
  const rows = await predict(classifier)
  expect(rows.map(({ film, class: name }) => [film, name])).toEqual(
    ids.flatMap((film) => ['blob', 'columns', 'rows'].map((name) => [film, name])),
  )
  for (let i = 0; i < rows.length; i += 3)
    expect(rows[i]!.probability + rows[i + 1]!.probability + rows[i + 2]!.probability).toBeCloseTo(1, 12)
  // twice as large, in blocks of equal pixels
  const large = filmsInMemory(ids, 2 * SIZE, () => new Float32Array(4 * SIZE * SIZE).fill(0.25))
  const even = filmsInMemory(ids, SIZE, () => new Float32Array(SIZE * SIZE).fill(0.25))
  const [a, b] = [await predict(classifier, large), await predict(classifier, even)]
  a.forEach(({ probability }, i) => expect(probability).toBeCloseTo(b[i]!.probability, 6))

  await expect(predict({ config: { architecture: 'retinanet-resnet18' }, tensors: {} })).rejects.toThrow(
    'architecture "retinanet-resnet18" is no classifier: wire the output of fit-classifier',
  )
})

test('findings: each by itself, with uncertain ones', async () => {
  const findings: FindingRow[] = ids.flatMap((film, i) => [
    { film, finding: 'blob', mention: i % 3 === 0 ? 1 : 0 },
    { film, finding: 'lines', mention: i % 7 === 0 ? -1 : i % 3 === 0 ? 0 : 1 },
  ])
  const { classifier, curves } = await fit({ task: 'findings' }, { labels: undefined, findings })
  expect(classifier.config).toMatchObject({ task: 'findings', classes: ['blob', 'lines'] })
  expect(curves.findLast(({ name }) => name === 'validation.auc.blob')!.value).toBeGreaterThan(0.95)
  const rows = (await predict(classifier)).filter(({ film }) => film >= 'film-66')
  const right = rows.filter(({ film, class: name, probability }) => {
    const blob = ids.indexOf(film) % 3 === 0
    return probability > 0.5 === (name === 'blob' ? blob : !blob)
  })
  expect(right.length / rows.length).toBeGreaterThan(0.9)
})

const valuesOf = ({ tensors }: Network) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]))

test('the network of the lowest validation loss is taken: of a short fit and a ruined end, the short one', async () => {
  const { curves, classifier } = await fit({ steps: 16, checks: 4 })
  const losses = curves.filter(({ name }) => name === 'validation.loss')
  expect(losses.map(({ step }) => step)).toEqual([4, 8, 12, 16])
  // without a check but the last, the same training ends elsewhere unless the last was the lowest
  const lowest = losses.reduce((a, b) => (b.value < a.value ? b : a))
  const last = await fit({ steps: 16, checks: 1 })
  expect(differing(valuesOf(classifier), valuesOf(last.classifier)).length > 0).toBe(lowest.step !== 16)
  // turned round, the validation labels make every step worse: the first check is kept
  const turned = labels.map((label, i) => (i >= 48 && i < 66 ? { ...label, class: kindOf(i + 1) } : label))
  const ctx = stageContext()
  await fit({ steps: 40 }, { labels: turned }, ctx)
  expect(ctx.logs.at(-1)).toContain('lowest validation loss after step 10 of 40')
  // without validation films the last one is, and it is said
  const unchecked = stageContext()
  const kept = split.filter(({ part }) => part !== 'validation')
  const blind = await fit({ steps: 4 }, { split: kept }, unchecked)
  expect(unchecked.warnings.join()).toContain('the validation part has no film')
  expect(blind.provenance.every(({ role }) => role === 'training')).toBe(true)
})

test('stopped and resumed: bit-equal, with the choice that was made before it stopped', async () => {
  const { graphs } = stageContext() // one trace is enough
  // validation labels turned round: the first check stays the best, and lies before the stop
  const turned = labels.map((label, i) => (i >= 48 && i < 66 ? { ...label, class: kindOf(i + 1) } : label))
  const wired = { labels: turned }
  const given = { steps: 24, checks: 6 }
  const straight = await fit(given, wired, stageContext({ graphs }))
  const checkpoints = memoryCheckpoints()
  const controller = new AbortController()
  const stop = (done: number): void => {
    if (done === 14) controller.abort(new Error('stopped by hand'))
  }
  const before = tf.memory().numTensors
  const first = stageContext({ graphs, checkpoints, signal: controller.signal, progress: stop })
  await expect(fit(given, wired, first)).rejects.toMatchObject({ _tag: 'TrainingCancelledError' })
  expect(tf.memory().numTensors).toBe(before)
  const second = stageContext({ graphs, checkpoints })
  const resumed = await fit(given, wired, second)
  expect(second.logs).toContain('goes on after step 14 of 24, from a checkpoint')
  expect(second.done[0]).toBe(14)
  expect(differing(valuesOf(resumed.classifier), valuesOf(straight.classifier))).toEqual([])
  expect(resumed.curves).toEqual(straight.curves)
  const steps = straight.curves.filter(({ name }) => name === 'validation.loss')
  const lowest = steps.reduce((a, b) => (b.value < a.value ? b : a)).step
  expect(lowest).toBeLessThan(14)
  expect(second.logs.at(-1)).toContain(`lowest validation loss after step ${lowest} of 24`)
})

test('another seed is another classifier; bf16 is heard', async () => {
  const { graphs } = stageContext()
  const [one, same, other, narrow] = [
    await fit({ steps: 4 }, {}, stageContext({ graphs })),
    await fit({ steps: 4 }, {}, stageContext({ graphs })),
    await fit({ steps: 4 }, {}, stageContext({ seed: 6 })),
    await fit({ steps: 4 }, {}, stageContext({ graphs, precision: 'bf16' })),
  ]
  expect(differing(valuesOf(one.classifier), valuesOf(same.classifier))).toEqual([])
  expect(differing(valuesOf(one.classifier), valuesOf(other.classifier)).length).toBeGreaterThan(10)
  expect(differing(valuesOf(one.classifier), valuesOf(narrow.classifier)).length).toBeGreaterThan(10)
})
