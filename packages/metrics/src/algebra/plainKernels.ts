// The kernels in plain TypeScript: what they compute, and what computes it where there is no WebAssembly.
import type { Kernels } from './kernels.ts'

export const plainKernels = (): Kernels => {
  let memory = new Float64Array()
  return {
    reserve: (doubles) => {
      if (memory.length < doubles) memory = new Float64Array(doubles)
      return memory
    },
    strip: (a, b, c, k, panels) => {
      const m = memory
      for (let panel = 0; panel < panels; panel++, b += 4 * k, c += 16)
        for (let row = 0; row < 4; row++) {
          let [s0, s1, s2, s3] = [0, 0, 0, 0]
          for (let at = 0; at < 4 * k; at += 4) {
            const x = m[a + at + row]!
            s0 += x * m[b + at]!
            s1 += x * m[b + at + 1]!
            s2 += x * m[b + at + 2]!
            s3 += x * m[b + at + 3]!
          }
          m[c + 4 * row] = s0
          m[c + 4 * row + 1] = s1
          m[c + 4 * row + 2] = s2
          m[c + 4 * row + 3] = s3
        }
    },
    sweep: (first, second, own, woven, pairs) => {
      const m = memory
      for (const [row, from] of [
        [0, first],
        [1, second],
      ] as const) {
        const [v, w, x] = [m[own + row]!, m[own + 2 + row]!, m[own + 4 + row]!]
        let sum = 0
        for (let pair = 0; pair < pairs; pair++)
          for (let lane = 0; lane < 2; lane++) {
            const [at, with_] = [from + 2 * pair + lane, woven + 8 * pair + lane]
            const a = m[at]! - v * m[with_ + 2]! - w * m[with_]!
            m[at] = a
            sum += a * m[with_ + 4]!
            m[with_ + 6]! += a * x
          }
        m[own + 6 + row]! += sum
      }
    },
  }
}
