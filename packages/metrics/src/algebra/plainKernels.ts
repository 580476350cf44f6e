// The kernels in plain TypeScript: what they compute, and what computes it where there is no WebAssembly.
import type { Kernels } from './kernels.ts'
import { TILE, WOVEN } from './layout.ts'

export const plainKernels = (): Kernels => {
  let memory = new Float64Array()
  return {
    reserve: (doubles) => {
      if (memory.length < doubles) memory = new Float64Array(doubles)
      return memory
    },
    strip: (a, b, c, k, panels) => {
      const m = memory
      for (let panel = 0; panel < panels; panel++, b += TILE * k, c += TILE * TILE)
        for (let row = 0; row < TILE; row++) {
          let [s0, s1, s2, s3] = [0, 0, 0, 0]
          for (let at = 0; at < TILE * k; at += TILE) {
            const x = m[a + at + row]!
            s0 += x * m[b + at]!
            s1 += x * m[b + at + 1]!
            s2 += x * m[b + at + 2]!
            s3 += x * m[b + at + 3]!
          }
          const to = c + TILE * row
          m[to] = s0
          m[to + 1] = s1
          m[to + 2] = s2
          m[to + 3] = s3
        }
    },
    sweep: (first, second, own, woven, pairs) => {
      const m = memory
      for (const [row, from] of [
        [0, first],
        [1, second],
      ] as const) {
        const [v, w, x] = [WOVEN.v, WOVEN.w, WOVEN.x].map((vector) => m[own + vector + row]!) as [
          number,
          number,
          number,
        ]
        let sum = 0
        for (let pair = 0; pair < pairs; pair++)
          for (let lane = 0; lane < 2; lane++) {
            const [at, with_] = [from + 2 * pair + lane, woven + WOVEN.length * pair + lane]
            const a = m[at]! - v * m[with_ + WOVEN.w]! - w * m[with_ + WOVEN.v]!
            m[at] = a
            sum += a * m[with_ + WOVEN.x]!
            m[with_ + WOVEN.p]! += a * x
          }
        m[own + WOVEN.p + row]! += sum
      }
    },
  }
}
