// A pipeline of one stage run from the tarball: planned, bundled, computed in a process of its own, kept, found again.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ArtefactStore } from '@radiograft/artefact-store'
import { param, Pipeline, resolvePipeline, Scores, Stage } from '@radiograft/pipeline'
import { executePlan, findWorkspace, planRun } from '@radiograft/runner'
import { Effect, Schema } from 'effect'

writeFileSync(
  new URL('./double.run.js', import.meta.url),
  `export const run = ({ params }) => ({
  scores: [{ film: 'f1', patient: 'p1', metric: 'double', value: 2 * params.by }],
})
`,
)
const double = Stage.make({
  name: 'double',
  doc: 'Twice a number.',
  resource: 'light',
  pure: true,
  inputs: {},
  outputs: { scores: Scores },
  params: { by: param(Schema.Number, { default: 21, doc: 'the number' }) },
  entry: Stage.entry(import.meta.url, './double.run'),
})
const pipeline = Pipeline.make({
  name: 'doubling',
  doc: 'One stage.',
  datasets: {},
  params: {},
  paramDocs: {},
  presets: { quick: {}, default: {}, paper: {} },
  axes: {},
  cell: (g) => g('double', double, {}),
  gather: (_g, cells) => ({ scores: cells[0]!.out.scores }),
})
// a store of its own for each Node that runs this
const workspace = { ...findWorkspace(process.cwd()), store: resolve(`store-${process.version}`) }
const run = Effect.gen(function* () {
  const plan = yield* planRun(resolvePipeline(pipeline), { workspace })
  const { results } = yield* executePlan(plan, () => undefined)
  const store = yield* ArtefactStore
  const rows = yield* store.read(Scores, results['scores']![0]!.artefact)
  return [plan.nodes[0]!.status._tag, rows[0]!.value] as const
})
const kept = ArtefactStore.layerFileSystem(workspace.store)
const twice = Effect.gen(function* () {
  return [yield* run, yield* run]
})
console.log(await Effect.runPromise(Effect.provide(twice, kept))) // [ [ 'miss', 42 ], [ 'hit', 42 ] ]
