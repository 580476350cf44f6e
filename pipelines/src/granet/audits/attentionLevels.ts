/**
 * One film's attention as the network multiplies it in: a map a level, cut out of the flat row that `attentionPyramid` makes.
 * Used by `draw-attention`.
 */
import { attentionPyramid, normaliseAttention, RETINA_LEVELS, type DetectorConfig } from '@radiograft/detectors'
import { AuditError } from './AuditError.ts'

export interface AttentionLevel {
  /** of the pyramid: a cell covers 2^level pixels of the film */
  readonly level: number
  /** [height · width] in [0, 1] */
  readonly map: Float32Array
  readonly height: number
  readonly width: number
}

/**
 * @param residual [height · width] in [0, 1], of any size: it covers the film
 * @throws AuditError when the detector was fitted without attention
 */
export const attentionLevels = (
  residual: Float32Array,
  height: number,
  width: number,
  config: DetectorConfig,
): ReadonlyArray<AttentionLevel> => {
  const { attention, network } = config
  if (attention === null || !network.attention)
    throw new AuditError('draw-attention', 'the detector was fitted without attention: wire the one that has it')
  const attended = network.attention.levels
  const flat = attentionPyramid(normaliseAttention(residual, attention), height, width, config, RETINA_LEVELS)
  let at = 0
  return RETINA_LEVELS.flatMap((level) => {
    const [rows, columns] = [Math.ceil(config.height / 2 ** level), Math.ceil(config.width / 2 ** level)]
    const map = flat.slice(at, (at += rows * columns))
    return attended.includes(level) ? [{ level, map, height: rows, width: columns }] : []
  })
}
