import { expect, it } from '@jest/globals'
import type { NodeRow } from './readTrace.ts'
import type { Recording } from './Recording.ts'
import { summariseRecording } from './summariseRecording.ts'

const row = (node: string, op: string, startMicros: number, micros: number, more: Partial<NodeRow> = {}): NodeRow => ({
  node,
  op,
  startMicros,
  micros,
  thread: 0,
  inputs: [[8]],
  output: [8],
  outputBytes: 32,
  ...more,
})

/** One step of 1,000 µs: 100 of the host, a graph of 800 with two ops side by side, 100 of an eager op. */
const recording: Recording = {
  format: 1,
  threads: 2,
  tensorflow: '2.21.0',
  leading: '0',
  graphs: { 0: 9 },
  timed: { startMicros: 0, micros: 1_600, steps: 2 },
  traced: { startMicros: 2_000, micros: 1_000, steps: 1 },
  calls: [
    { kind: 'graph', name: '0', startMicros: 2_000, micros: 800, trace: 0 },
    { kind: 'eager', name: 'Add', startMicros: 2_850, micros: 100 },
    { kind: 'eager', name: 'Add', startMicros: 3_001, micros: 50 },
  ],
  traces: [
    [
      row('head/n1_Conv2D', 'Conv2D', 2_100, 400, { flop: 4_000_000 }),
      row('head/n2_Relu', 'Relu', 2_300, 200),
      row('body/norm/n3_Mul', 'Mul', 2_600, 100),
      row('adam/n4_Mul', 'Mul', 2_700, 50),
    ],
  ],
  peakGflops: 20,
}

it('shares each moment among what runs then, so that the parts add up to the step', () => {
  const summary = summariseRecording(recording)!
  expect(summary.secondsPerStep).toEqual({ timed: 0.0008, traced: 0.001 })
  const micros = Object.fromEntries(summary.byKind.map(({ name, milliseconds }) => [name, milliseconds * 1000]))
  // the convolution has 200 to itself and half of the 200 in which the ReLU runs too; nothing runs from 2,500 to 2,600
  expect(micros).toEqual({
    'convolution forward': expect.closeTo(300, 6),
    elementwise: expect.closeTo(100, 6),
    norm: expect.closeTo(100, 6),
    optimiser: expect.closeTo(50, 6),
    idle: expect.closeTo(100, 6),
    // 100 before the first op, 50 after the last
    runtime: expect.closeTo(150, 6),
    'eager op': expect.closeTo(100, 6),
    host: expect.closeTo(100, 6),
  })
  expect(Object.values(micros).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1000, 6)
  expect(summary.byKind.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
})

it('rates are of the time that was an op’s own', () => {
  const [first] = summariseRecording(recording)!.byOp
  expect(first).toMatchObject({ layer: 'head', op: 'Conv2D', calls: 1 })
  // 4,000,000 operations in 300 µs
  expect(first!.gflops).toBeCloseTo(13.333, 3)
  expect(first!.ofPeak).toBeCloseTo(0.6667, 4)
})

it('nothing where no step was traced', () => {
  const { traced: _, ...untraced } = recording
  expect(summariseRecording(untraced)).toBeUndefined()
})
