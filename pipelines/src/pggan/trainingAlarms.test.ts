// What `fit-progressive` logs is what `judge-training` looks for by its defaults: a training is judged by its own curves.
import { expect, test } from '@jest/globals'
import { fitProgressive } from '@radiograft/gan-models/stages'
import { judgeTraining } from '@radiograft/metrics/stages'
import type { RunOf } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'

const entryOf = async <S extends { readonly entry: URL }>(stage: S): Promise<RunOf<S>> =>
  ((await import(stage.entry.href)) as { readonly run: RunOf<S> }).run

test('collapse and saturation are judged at every check of a growth', async () => {
  const ids = filmIds(40)
  const who = cohortTables(ids, { partOf: (i) => (i < 20 ? 'train' : i < 36 ? 'validation' : 'test') })
  const films = filmsInMemory(ids, 8, (id) => rng(id).uniforms(64))
  const small = { size: 8, latent: 8, largest: 8, batch: 4, checkSteps: 20 }
  const images = { fadeImages: 160, stableImages: 80, lastImages: 160 }
  const ctx = stageContext()
  const { curves } = await (
    await entryOf(fitProgressive)
  )({
    params: defaultsOf(fitProgressive, { ...small, ...images }),
    inputs: { films, cohort: who.cohort, split: who.split },
    ctx,
  })
  const { alarms, metrics } = await (
    await entryOf(judgeTraining)
  )({
    params: defaultsOf(judgeTraining),
    inputs: { curves },
    ctx,
  })
  const found = new Map(alarms.cells.map(([name, state, , logs]) => [name, { judged: state !== 'not judged', logs }]))
  expect(found.get('collapse')).toEqual({ judged: true, logs: 5 }) // 100 steps, a check at each twentieth
  expect(found.get('saturation')).toEqual({ judged: true, logs: 5 })
  expect(metrics.map(({ metric }) => metric)).toEqual(expect.arrayContaining(['alarm-saturation', 'alarm-collapse']))
}, 120_000)
