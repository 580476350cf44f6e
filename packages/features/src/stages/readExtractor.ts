// A feature network from a folder in TF.js' layers format, bound as a dataset: its content, not its place, enters the key.
import { Schema } from 'effect'
import { Dataset, Network, param, Stage } from '@radiograft/pipeline'

export const readExtractor = Stage.make({
  name: 'read-extractor',
  doc: 'A folder of a TF.js layers model to the network that `extract-features` looks through.',
  rows: ['P2', 'P9'],
  resource: 'io',
  pure: true,
  params: {
    network: param(Schema.Literals(['mobilenet-v2-224']), {
      default: 'mobilenet-v2-224',
      doc: 'which network the folder holds; another one is refused',
    }),
  },
  inputs: { weights: Dataset },
  outputs: { network: Network },
  entry: Stage.entry(import.meta.url, './readExtractor.run'),
})
