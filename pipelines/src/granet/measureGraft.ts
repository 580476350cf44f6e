// Does a graft give the film that it should? Only a phantom knows. Phantom answer 3, an order that must hold: nothing done,
// paste, Poisson blend, and the donor's difference to its own twin added.
import { Schema } from 'effect'
import { Figure, Metrics, param, Stage } from '@radiograft/pipeline'

export const measureGraft = Stage.make({
  name: 'measure-graft',
  doc: 'Phantom pairs to the likeness of grafts to the true film: nothing done, paste, Poisson blend, added difference.',
  rows: ['G8'],
  resource: 'light',
  pure: true,
  params: {
    size: param(Schema.Int.check(Schema.isBetween({ minimum: 32, maximum: 1024 })), {
      default: 128,
      doc: 'side of the films in pixels: 32, 64, 128, 256, 512 or 1024',
    }),
    pairs: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 1000 })), {
      default: 80,
      doc: 'pairs of a donor and a recipient, all of different patients; those whose lesion cannot be seen on the recipient are left out',
    }),
    difficulty: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 0.4,
      doc: 'difficulty of the lesions, 0 easy to 1 invisible',
    }),
    resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
      default: 2000,
      doc: 'bootstrap resamples over pairs',
    }),
  },
  inputs: {},
  outputs: { metrics: Metrics, figure: Figure },
  entry: Stage.entry(import.meta.url, './measureGraft.run'),
})
