import { describe, expect, it } from '@jest/globals'
import type { CostRow, OpRow, ProfileSummary } from '@radiograft/tensor/node'
import { hints } from './hints.ts'

type Kind = ProfileSummary['byKind'][number]['name']

const cost = (name: string, share: number, more: Partial<CostRow> = {}): CostRow => ({
  name,
  milliseconds: share * 100,
  share,
  calls: 1,
  ...more,
})
const op = (layer: string, share: number, more: Partial<OpRow> = {}): OpRow => ({
  ...cost(`${layer} Conv2D`, share),
  layer,
  op: 'Conv2D',
  kind: 'convolution forward',
  shape: [8, 64, 64, 1],
  implementations: ['jit:avx2'],
  ...more,
})
const summary = (
  kinds: Partial<Record<Kind, number>>,
  more: Partial<Pick<ProfileSummary, 'byOp' | 'oneDnn'>> = {},
): ProfileSummary => ({
  steps: 5,
  secondsPerStep: { timed: 0.1, traced: 0.1 },
  threads: 2,
  tensorflow: '2.21.0',
  peakGflops: 100,
  nodes: 900,
  byKind: Object.entries(kinds).map(([name, share]) => ({ ...cost(name, share), name: name as Kind })),
  byLayer: [],
  byOp: [],
  oneDnn: [],
  ...more,
})

describe('hints', () => {
  it('says nothing of a step that convolutions fill', () => {
    expect(
      hints(summary({ 'convolution forward': 0.95, host: 0.05 }, { byOp: [op('a', 0.95, { ofPeak: 0.8 })] })),
    ).toEqual([])
  })
  it('names what runs plain code', () => {
    const [said] = hints(summary({}, { byOp: [op('grouped', 0.2, { implementations: ['gemm:ref'], ofPeak: 0.5 })] }))
    expect(said).toMatch(/^grouped \(Conv2D\): oneDNN has no fast code for these shapes \(ref\), 20 % of the step\./)
  })
  it('names what is slow, three at most', () => {
    const byOp = ['a', 'b', 'c', 'd', 'e'].map((layer) => op(layer, 0.1, { ofPeak: 0.1 }))
    expect(hints(summary({}, { byOp }))).toEqual([
      expect.stringMatching(/^a \(Conv2D\), b \(Conv2D\), c \(Conv2D\) and 2 more: under 20 % /),
    ])
    expect(hints(summary({}, { byOp: [op('a', 0.01, { ofPeak: 0.1 })] }))).toEqual([])
  })
  it('counts reorders within convolutions and casts between ops together', () => {
    const reorder = { kind: 'reorder', implementation: 'jit:uni', propagation: '', reference: false, calls: 86 }
    // 4 of 100 ms, and 3 %
    const [said] = hints(summary({ 'reorder, cast': 0.03 }, { oneDnn: [{ ...reorder, milliseconds: 4 }] }))
    expect(said).toMatch(/^Tensors are laid out anew 86 times a step, 7 % of it/)
    expect(hints(summary({}, { oneDnn: [{ ...reorder, milliseconds: 4 }] }))).toEqual([])
  })
  it.each([
    ['pad, slice, concat', 0.06, /^Pads, slices and joins take 6 %/],
    ['optimiser', 0.06, /^The optimiser takes 6 %/],
    ['elementwise', 0.31, /^Elementwise ops, norms and sums take 31 %/],
    ['host', 0.2, /^The step waits for the host 20 %/],
    ['eager op', 0.2, /^Ops outside of the compiled graph take 20 %/],
    ['idle', 0.2, /^Nothing runs for 20 % of the step: 900 ops/],
  ] as ReadonlyArray<readonly [Kind, number, RegExp]>)('%s', (kind, share, text) => {
    expect(hints(summary({ [kind]: share }))).toEqual([expect.stringMatching(text)])
    expect(hints(summary({ [kind]: share / 3 }))).toEqual([])
  })
})
