// Films as they are stored, at the door of an exported model: whole grey values become what networks take. Used by the
// exports of generators and detectors, so that a program in another language has no preprocessing to get wrong.
import { clipByValue, div, expandDims, mul, sub, tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { ExportedInput } from './exportSavedModel.ts'
import { areaResize } from './ops/areaResize.ts'

export type StoredFilms = {
  /** Pixels of the films that go in. */
  readonly height: number
  readonly width: number
  /** @default 'uint8' */
  readonly dtype?: 'uint8' | 'uint16' | 'float32'
  /**
   * Grey values of black and white; values beyond are clipped. [255, 0] for films stored with white as 0.
   * @default [0, 255], [0, 65535] or [0, 1], by dtype
   */
  readonly range?: readonly [black: number, white: number]
  /** Films a call: a graph is for one number of them. @default 1 */
  readonly batch?: number
}

const RANGES = { uint8: [0, 255], uint16: [0, 65_535], float32: [0, 1] } as const

/** The input of an exported model, and its first lines. */
export const storedFilms = ({ height, width, dtype = 'uint8', range = RANGES[dtype], batch = 1 }: StoredFilms) => ({
  input: { shape: [batch, height, width], dtype } satisfies ExportedInput,
  /**
   * @param pixels [batch, height, width], float32 by now
   * @returns [batch, size.height, size.width, 1] in [−1, 1], by area average
   */
  toSigned: (pixels: Tensor, size: { readonly height: number; readonly width: number }): Tensor =>
    tidy(() => {
      const [black, white] = range
      const unit = clipByValue(div(sub(pixels, black), white - black), 0, 1)
      return sub(mul(areaResize(expandDims(unit, 3), size.height, size.width), 2), 1)
    }),
})
