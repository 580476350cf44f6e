// Stages of the pipeline `trained`: one without tensors, one that trains.
import { Schema } from 'effect'
import { param, Series, Stage, Table } from '@radiograft/pipeline'

export const feed = Stage.make({
  name: 'feed',
  doc: 'Counts.',
  resource: 'light',
  pure: true,
  params: { numbers: param(Schema.Int, { default: 6, doc: 'how many' }) },
  inputs: {},
  outputs: { table: Table },
  entry: Stage.entry(import.meta.url, './feed.run'),
})

export const train = Stage.make({
  name: 'train',
  doc: 'Fits a convolution to films made of the numbers.',
  resource: 'compute',
  params: {
    steps: param(Schema.Int, { default: 1000, doc: 'training steps' }),
    channels: param(Schema.Int, { default: 8, doc: 'channels of the layer' }),
  },
  inputs: { table: Table },
  outputs: { curves: Series },
  entry: Stage.entry(import.meta.url, './train.run'),
})
