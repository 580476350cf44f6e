// Can a small classifier tell grafted films from untouched ones? Then a detector can too, and need not look for a lesion
// (pitfall 4). Two ways: a classifier that searches the film, and a look at the
// edges of the boxes, which training is told. That nothing is found counts only where hard-edged pastes are found. Intervals are
// over host patients: few donors lend to many hosts, and their chance is not in them.
import { Schema } from 'effect'
import { Boxes, Cohort, Films, Labels, Metrics, optional, Pairs, param, Split, Stage } from '@radiograft/pipeline'

export const pasteForensics = Stage.make({
  name: 'paste-forensics',
  doc: 'Normal-to-normal grafts of the training part, and their untouched hosts, to the AUC of telling them by a seam, searched for or at the known boxes. Intervals are over host patients, with the donors as they are.',
  rows: ['G8', 'G16', 'G22'],
  resource: 'light',
  pure: true,
  params: {
    most: param(Schema.Int.check(Schema.isBetween({ minimum: 10, maximum: 10_000 })), {
      default: 100,
      doc: 'grafts that are looked at, at most; chosen by the seed',
    }),
    folds: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100 })), {
      default: 10,
      doc: 'parts of the host patients; each is scored by a classifier that has seen none of its hosts and donors',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over host patients; who lends, often few, is not drawn anew, so intervals are too narrow for other donors',
    }),
  },
  inputs: {
    /** the films that were grafted on, in the grafts' own frame */
    films: Films,
    /** ids `<host>+<donor>`, hard-edged; host and whoever lent its pixels are of class Normal, so that no lesion is the cue */
    pasted: Films,
    /** the same ids after Poisson blending */
    blended: Films,
    /** the same ids after the radio-realistic GAN, of any size */
    generated: optional(Films),
    /** who lent the pixels, where the donor lent its boxes alone; rank 0 */
    contents: optional(Pairs),
    /** of the donors named in the ids, in the films' frame: where the edges of the grafts are */
    boxes: optional(Boxes),
    labels: Labels,
    cohort: Cohort,
    split: Split,
  },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './pasteForensics.run'),
})
