// Fits the spatial transformer to the training films, unsupervised, against one reference (G5).
import { Schema } from 'effect'
import { Cohort, Films, Network, optional, param, Provenance, Series, Split, Stage } from '@radiograft/pipeline'

export const fitAligner = Stage.make({
  name: 'fit-aligner',
  doc: 'Training films to an aligner: the affine map that brings a film to the reference.',
  rows: ['G5', 'G6'],
  resource: 'compute',
  params: {
    size: param(Schema.Int.check(Schema.isMultipleOf(32)), { default: 64, doc: 'side of the films it sees, pixels' }),
    steps: param(Schema.Int.check(Schema.isGreaterThan(0)), { default: 600, doc: 'training steps' }),
    batch: param(Schema.Int.check(Schema.isGreaterThan(1)), { default: 16, doc: 'films a step' }),
    learningRate: param(Schema.Finite.check(Schema.isGreaterThan(0)), {
      default: 1e-3,
      doc: 'highest learning rate of the one-cycle schedule',
    }),
    warp: param(Schema.Boolean, {
      default: true,
      doc: 'random warps of the training films (±10°, ±10 %, ±5 %); the paper has none',
    }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for the same fit' }),
  },
  // No labels: an aligner learns from pixels alone, and a changed label must not fit it anew.
  inputs: {
    films: Films,
    cohort: Cohort,
    split: Split,
    init: optional(Network),
    initProvenance: optional(Provenance),
  },
  outputs: { aligner: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitAligner.run'),
})
