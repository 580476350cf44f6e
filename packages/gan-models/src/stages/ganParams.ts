// The parameters that both fits share (rows G9 to G13, G32, G33), with the source of each default.
import { Schema } from 'effect'
import { param } from '@radiograft/pipeline'

const count = Schema.Int.check(Schema.isGreaterThan(0))
const weight = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))

export const ganParams = {
  size: param(Schema.Int.check(Schema.isMultipleOf(8), Schema.isGreaterThanOrEqualTo(32)), {
    default: 64,
    doc: 'side of the films that the networks see, pixels; larger films are box-averaged to it (G1: 512)',
  }),
  filters: param(count, { default: 32, doc: 'channels of the first layer of both networks (G11, G12: 64)' }),
  blocks: param(count, { default: 6, doc: 'residual blocks of the generator (G11: 9)' }),
  batch: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 256 })), {
    default: 8,
    doc: 'inputs a step, and as many real normal films (G13: 4)',
  }),
  skip: param(Schema.Boolean, {
    default: true,
    doc: 'adds the generator’s input to its output, so that it learns the change alone; off is as printed (G11)',
  }),
  steps: param(count, { default: 300, doc: 'training steps' }),
  learningRate: param(Schema.Finite.check(Schema.isGreaterThan(0)), {
    default: 2e-4,
    doc: 'Adam’s, constant, of both networks',
    source: 'paper',
    row: 'G13',
  }),
  ganLoss: param(Schema.Literals(['printed', 'non-saturating', 'least-squares']), {
    default: 'printed' as const,
    doc: 'what the generator minimises: log(1 − D(G(x))) as printed, −log D(G(x)), or squares (CycleGAN’s code)',
    source: 'paper',
    row: 'G33',
  }),
  // As printed (1) the adversary outweighs the distance: after 300 steps of eq 2 at 64² the mean |I_b − G(I_b)| was .05 of
  // the grey range and growing, so that normal films would have a residual. See the README for what 100 gives.
  l1Weight: param(weight, {
    default: 100,
    doc: 'weight of the mean |target − G(x)|, as pix2pix; the paper prints none, that is 1',
    source: 'ours',
    row: 'G9',
  }),
  identityWeight: param(weight, {
    default: 0,
    doc: 'weight of the mean |y − G(y)| on real normal films; the printed equations have none',
    source: 'paper',
    row: 'G32',
  }),
  normalClass: param(Schema.String, {
    default: 'Normal',
    doc: 'the class whose films are the reals',
    source: 'paper',
    row: 'G9',
  }),
  replica: param(Schema.Int, { default: 0, doc: 'another seed for the same fit' }),
}
