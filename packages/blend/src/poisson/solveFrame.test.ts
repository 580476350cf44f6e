import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { solveBox } from './solveBox.ts'
import { solveFrame, type Frame } from './solveFrame.ts'

/** The frame's values as right-hand side of the pixels beside it. */
const rightSide = ({ left, right, top, bottom }: Frame, rows: number, columns: number): Float64Array => {
  const b = new Float64Array(rows * columns)
  for (let c = 0; c < columns; c++) {
    b[c]! += top?.[c] ?? 0
    b[(rows - 1) * columns + c]! += bottom?.[c] ?? 0
  }
  for (let r = 0; r < rows; r++) {
    b[r * columns]! += left?.[r] ?? 0
    b[r * columns + columns - 1]! += right?.[r] ?? 0
  }
  return b
}

const sides = ['left', 'right', 'top', 'bottom'] as const
const held = Array.from({ length: 15 }, (_, i) => sides.filter((_, s) => ((i + 1) >> s) & 1))

describe.each([
  [1, 1],
  [1, 7],
  [6, 1],
  [2, 3],
  [64, 33],
  [131, 200], // far lines with a tenth of their modes
])('%i x %i', (rows, columns) => {
  test.each(held.map((names) => [names.join(', '), names] as const))('held: %s: as solveBox has it', (name, names) => {
    const draw = rng(`${rows} ${columns} ${name}`)
    const side = (which: (typeof sides)[number]): Float64Array | undefined =>
      names.includes(which)
        ? Float64Array.from(draw.uniforms(which === 'top' || which === 'bottom' ? columns : rows))
        : undefined
    const frame = { left: side('left'), right: side('right'), top: side('top'), bottom: side('bottom') }
    const free = { left: !frame.left, right: !frame.right, top: !frame.top, bottom: !frame.bottom }
    const expected = solveBox(rightSide(frame, rows, columns), rows, columns, free)
    const apart = solveFrame(frame, rows, columns).reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i]!)), 0)
    expect(apart).toBeLessThan(1e-12)
  })
})

test('a constant frame gives the constant itself, and so does a ramp beside it its own plane', () => {
  const flat = new Float64Array(9).fill(0.3)
  expect(new Set(solveFrame({ left: flat, right: flat, top: flat, bottom: flat }, 9, 9))).toEqual(new Set([0.3]))
  const ramp = Float64Array.from({ length: 9 }, (_, i) => (i + 1) / 10)
  const u = solveFrame({ left: new Float64Array(9), right: new Float64Array(9).fill(1), top: ramp, bottom: ramp }, 9, 9)
  for (let i = 0; i < 81; i++) expect(u[i]).toBeCloseTo(((i % 9) + 1) / 10, 14)
})
