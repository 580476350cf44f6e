// What is said of the models behind a run's scores, by what its stages made.
import { join } from 'node:path'
import { beforeAll, expect, it, jest } from '@jest/globals'
import type { Manifest } from '@radiograft/artefact-store'
import { StageNotKeptError } from '../open/errors.ts'
import { openRun } from '../open/openRun.ts'
import type { OpenRun } from '../open/openRun.ts'
import { scoredPipeline, testWorkspace } from '../testing/testWorkspace.ts'
import { compareMetrics } from './compareMetrics.ts'
import { metricsCommands } from './metricsCommands.ts'
import { scoredArms } from './scoredArms.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const folder = join(workspace.path, 'a')
beforeAll(async () => {
  const { code, err } = await workspace.run(['run', scoredPipeline, '--out', folder])
  expect([code, err]).toEqual([0, ''])
})

/** The run, had its stages made nothing of these kinds. */
const without = async (...kinds: ReadonlyArray<string>): Promise<OpenRun> => {
  const run = await openRun(folder, { patients: 'clear' })
  const less = ({ outputs, ...manifest }: Manifest): Manifest => ({
    ...manifest,
    outputs: Object.fromEntries(Object.entries(outputs).filter(([, { kind }]) => !kinds.includes(kind))),
  })
  return {
    ...run,
    stages: run.stages.map((stage) => ({ ...stage, manifest: async () => less(await stage.manifest()) })),
  }
}
const partsOf = async (run: OpenRun) => (await scoredArms(run, await metricsCommands())).flatMap(({ parts }) => parts)

it('told what was seen; a network that does not tell; nothing learned at all', async () => {
  for (const { seen, model } of await partsOf(await without())) expect([seen!.length, model]).toEqual([8, true])
  for (const { seen, model } of await partsOf(await without('provenance')))
    expect([seen, model]).toEqual([undefined, true])
  for (const { seen, model } of await partsOf(await without('provenance', 'network')))
    expect([seen, model]).toEqual([[], false])
})

it('a stage whose manifest is gone may have trained one', async () => {
  const run = await without('provenance', 'network')
  const stages = run.stages.map((stage) => ({
    ...stage,
    manifest: () =>
      stage.label === 'make' ? Promise.reject(new StageNotKeptError('make', 'hit', 'it is gone')) : stage.manifest(),
  }))
  for (const { seen, model } of await partsOf({ ...run, stages })) expect([seen, model]).toEqual([undefined, true])
})

it('an arm is without a model where it has none in either run', async () => {
  const [none, some] = [await without('provenance', 'network'), await without()]
  const options = { metrics: [], resamples: 100 }
  expect((await compareMetrics(none, none, options)).noModel).toEqual(['model'])
  expect((await compareMetrics(none, some, options)).noModel).toEqual([])
})
