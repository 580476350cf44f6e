// The anchor boxes of a feature pyramid (row G18). Used by target assignment, by decoding, and by the network for the
// number of anchors a cell. The same boxes, in the same order, as [6]'s numpy code (fixture, equal to the pixel).
import { DetectorError } from './DetectorError.ts'

export interface PyramidLevel {
  /** the level's number l: one cell is 2^l pixels of the film */
  readonly level: number
  /** side in pixels of the square anchor of scale 1 */
  readonly base: number
}

export interface AnchorOptions {
  /** @default paperLevels halved: P3 to P7, base 2^(l+1) */
  readonly levels?: ReadonlyArray<PyramidLevel>
  /** height / width @default [.5, 1, 2] */
  readonly ratios?: ReadonlyArray<number>
  /** @default [2^0, 2^⅓, 2^⅔] */
  readonly scales?: ReadonlyArray<number>
}

const defaultRatios: ReadonlyArray<number> = [0.5, 1, 2]
const defaultScales: ReadonlyArray<number> = [1, 2 ** (1 / 3), 2 ** (2 / 3)]

/**
 * P3 to P7 with the paper's bases 2^(l+2) times `factor`. The default halves them, because films are small: boxes of the
 * RSNA kind are a quarter of the film wide, which is 32 pixels at 128².
 * @param first lowest level; the paper has 2, at a price of 4 times the cells
 */
export const pyramidLevels = (factor = 0.5, first = 3, last = 7): ReadonlyArray<PyramidLevel> =>
  Array.from({ length: last - first + 1 }, (_, i) => ({ level: first + i, base: factor * 2 ** (first + i + 2) }))

/** Cells of a level along one side of a film: ⌈size / 2^l⌉. */
export const cellsOf = (size: number, level: number): number => Math.ceil(size / 2 ** level)

/** The default options filled in. */
const anchorOptions = (options: AnchorOptions = {}): Required<AnchorOptions> => ({
  levels: options.levels ?? pyramidLevels(),
  ratios: options.ratios ?? defaultRatios,
  scales: options.scales ?? defaultScales,
})

/**
 * All anchors of a film [height, width], as [A, 4] x0 y0 x1 y1 in pixels of the film; they may reach beyond it. Order:
 * level, row, column, ratio, scale. The anchor of ratio r and scale s has area (base s)² and height / width = r, and is
 * centred in its cell.
 */
export const anchors = (height: number, width: number, options: AnchorOptions = {}): Float32Array => {
  const { levels, ratios, scales } = anchorOptions(options)
  if (!(height >= 1 && width >= 1)) throw new DetectorError('anchors', `a film of ${height} x ${width} has no cells`)
  const perCell = ratios.length * scales.length
  const cells = levels.reduce((sum, { level }) => sum + cellsOf(height, level) * cellsOf(width, level), 0)
  const out = new Float32Array(cells * perCell * 4)
  let at = 0
  for (const { level, base } of levels) {
    const stride = 2 ** level
    for (let row = 0; row < cellsOf(height, level); row++) {
      for (let column = 0; column < cellsOf(width, level); column++) {
        const cx = (column + 0.5) * stride
        const cy = (row + 0.5) * stride
        for (const ratio of ratios) {
          for (const scale of scales) {
            const w = Math.sqrt((base * scale) ** 2 / ratio)
            const h = w * ratio
            out.set([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], at)
            at += 4
          }
        }
      }
    }
  }
  return out
}
