// The control of oversampling: what does synthesis give beyond seeing the same lesions as often? Same ids, boxes and labels
// as `graft-lesion`, so that the two arms differ in pixels only.
import { Films, Pairs, Split, Stage } from '@radiograft/pipeline'
import { rankParam } from './neighbourParams.ts'

export const repeatPositives = Stage.make({
  name: 'repeat-positives',
  doc: 'Hosts and donors to films <host>+<donor> that are the donor itself, untouched.',
  rows: ['G22'],
  resource: 'light',
  pure: true,
  params: { rank: rankParam },
  inputs: { films: Films, split: Split, pairs: Pairs },
  outputs: { films: Films },
  entry: Stage.entry(import.meta.url, './repeatPositives.run'),
})
