// Two arms that share a stage: the shared node is one node.
import { canonicalJson, Pipeline, resolvePipeline, Scores, Stage, param } from '@radiograft/pipeline'
import { Schema } from 'effect'

const make = Stage.make({
  name: 'make',
  doc: 'A score.',
  resource: 'light',
  inputs: {},
  outputs: { scores: Scores },
  params: {},
  entry: Stage.entry(import.meta.url, './make.run'),
})
const scale = Stage.make({
  name: 'scale',
  doc: 'The score times a factor.',
  resource: 'light',
  inputs: { scores: Scores },
  outputs: { scores: Scores },
  params: { by: param(Schema.Number, { default: 1, doc: 'factor' }) },
  entry: Stage.entry(import.meta.url, './scale.run'),
})
const pipeline = Pipeline.make({
  name: 'two-arms',
  doc: 'Two arms.',
  datasets: {},
  params: {},
  paramDocs: {},
  presets: { quick: {}, default: {}, paper: {} },
  axes: { by: [2, 3] },
  cell: (g, _data, _p, at) => g('scale', scale, g('make', make, {}), { by: at.by }),
  gather: (_g, cells) => ({ scores: cells.map((cell) => cell.out.scores) }),
})
console.log(
  resolvePipeline(pipeline)
    .nodes.map(({ label }) => label)
    .sort(),
) // [ 'make', 'scale[by=2]', 'scale[by=3]' ]
console.log(canonicalJson({ b: 1, a: [Number.NaN] })) // {"a":[{"$number":"NaN"}],"b":1}
