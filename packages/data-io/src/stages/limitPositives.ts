// A dose of positives: how much synthesis helps depends on how many real positives there are.
import { Schema } from 'effect'
import { Labels, param, Split, Stage } from '@radiograft/pipeline'

export const limitPositives = Stage.make({
  name: 'limit-positives',
  doc: 'A split to one with fewer positive films in its training part; small doses lie inside larger ones.',
  rows: ['G22'],
  resource: 'light',
  pure: true,
  params: {
    most: param(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)), {
      default: 0,
      doc: 'positive films of the training part at most; 0 keeps all',
    }),
  },
  inputs: { split: Split, labels: Labels },
  outputs: { split: Split },
  entry: Stage.entry(import.meta.url, './limitPositives.run'),
})
