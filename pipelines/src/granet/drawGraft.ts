// The way to a pseudo-normal, film by film, and which donors it leans on: one nearest neighbour concentrates on few films.
import { Schema } from 'effect'
import { Boxes, Figure, Films, optional, Pairs, param, Split, Stage, Table } from '@radiograft/pipeline'

export const drawGraft = Stage.make({
  name: 'draw-graft',
  doc: 'Film, donor, paste, Poisson blend and pseudo-normal of some films with boxes, and how grafts spread over donors.',
  rows: ['G7', 'G8', 'G9'],
  resource: 'light',
  pure: true,
  params: {
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 12 })), {
      default: 5,
      doc: 'films shown, from the nearest donor to the farthest',
    }),
    part: param(Schema.Literals(['train', 'validation', 'test']), {
      default: 'test' as const,
      doc: 'the part that the shown films are of',
    }),
  },
  inputs: {
    films: Films,
    boxes: Boxes,
    split: Split,
    pairs: Pairs,
    pasted: Films,
    blended: Films,
    pseudoNormals: Films,
    /** the films without their lesions, where they are known */
    twins: optional(Films),
  },
  outputs: { figure: Figure, donors: Table },
  entry: Stage.entry(import.meta.url, './drawGraft.run'),
})
