import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { boxMask, type Box } from '@radiograft/geometry'
import { poissonGraft } from '../graft/poissonGraft.ts'
import type { Guidance } from './correction.ts'
import { poissonBlend } from './poissonBlend.ts'
import { poissonBlendBox } from './poissonBlendBox.ts'

interface Case {
  name: string
  height: number
  width: number
  guidance: Guidance
  boxes: Box[] | null
  pixels: number[] | null
  result: number[]
}
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/poisson.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}

/** The films of tools/oracles/blend_poisson.py. */
const film = (h: number, w: number, a: number, b: number, c: number): Float64Array =>
  Float64Array.from({ length: h * w }, (_, i) => {
    const [x, y] = [i % w, Math.floor(i / w)]
    return 0.5 + 0.2 * Math.sin(a * x + b * y) + 0.2 * Math.cos((c * x * y) / w)
  })

describe('scipy spsolve', () => {
  test.each(cases.map((c) => [c.name, c] as const))(
    '%s',
    (_, { height: h, width: w, guidance, boxes, pixels, result }) => {
      const [source, target] = [film(h, w, 0.31, 0.17, 0.05), film(h, w, -0.11, 0.23, 0.09)]
      const mask = boxes ? boxMask(boxes, h, w) : new Uint8Array(h * w)
      for (const p of pixels ?? []) mask[p] = 1

      const got = [poissonBlend(source, target, mask, h, w, { guidance })]
      if (boxes) got.push(poissonGraft(source, target, boxes, h, w, { guidance, clamp: false }))
      if (boxes?.length === 1) got.push(poissonBlendBox(source, target, boxes[0]!, h, w, { guidance }))
      for (const blended of got) {
        const inside = blended.filter((_v, i) => mask[i] === 1)
        expect(inside).toHaveLength(result.length)
        inside.forEach((value, i) => expect(Math.abs(value - result[i]!)).toBeLessThan(1e-9))
        expect(blended.filter((value, i) => !mask[i] && !Object.is(value, target[i]))).toHaveLength(0)
      }
    },
  )
})
