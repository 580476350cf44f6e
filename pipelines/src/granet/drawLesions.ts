// From normal film to pseudo-abnormal, film by film (G22, G30): host, donor with its boxes, paste, blend, and what the second
// radio-realistic generator makes of it.
import { Schema } from 'effect'
import { Boxes, Figure, Films, optional, Pairs, param, Split, Stage, Table } from '@radiograft/pipeline'

export const drawLesions = Stage.make({
  name: 'draw-lesions',
  doc: 'Hosts, donors and grafted films side by side, and how often each donor lent.',
  rows: ['G22', 'G30', 'G31'],
  resource: 'light',
  pure: true,
  params: {
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 12 })), {
      default: 4,
      doc: 'films shown, from the nearest donor to the farthest',
    }),
  },
  inputs: {
    films: Films,
    boxes: Boxes,
    split: Split,
    /** of `nearest-abnormal` */
    pairs: Pairs,
    /** ids `<host>+<donor>`, as those that follow */
    pasted: Films,
    blended: Films,
    /** healthy lung in the lesion's place */
    nulls: optional(Films),
    /** after the radio-realistic GAN */
    generated: optional(Films),
  },
  outputs: { figure: Figure, donors: Table },
  entry: Stage.entry(import.meta.url, './drawLesions.run'),
})
