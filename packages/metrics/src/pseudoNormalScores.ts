/**
 * One film's scores of a generated normal (G16, G10): where the residual lies, how far a normal film is changed, how
 * well the film is kept outside its boxes, and, where the true lesion-free twin is known, the gain over copying the film.
 */
import { meanAbsoluteError } from './meanAbsoluteError.ts'
import { psnr } from './psnr.ts'
import { residualEnergyRatio } from './residualEnergyRatio.ts'

export interface PseudoNormalInput {
  /** [H·W] in [0, 1] */
  readonly film: Float32Array
  /** G(film), same shape and range */
  readonly generated: Float32Array
  /** 1 inside the true boxes */
  readonly boxes: Uint8Array
  /** 1 inside the true lesion, where it is known */
  readonly lesion?: ArrayLike<number>
  /** the same film without its lesion, where it is known */
  readonly twin?: Float32Array
  /** the film is of class Normal */
  readonly normal: boolean
}

/** PSNR of equal films is infinite; 99 dB stands for it, so that means stay finite (16-bit films reach 96 dB). */
const finite = (decibel: number): number => Math.min(decibel, 99)

export const pseudoNormalScores = (input: PseudoNormalInput): Readonly<Record<string, number>> => {
  const { film, generated, boxes, lesion, twin, normal } = input
  if (normal) return { 'identity-mae-normals': meanAbsoluteError(film, generated) }
  const residual = film.map((v, i) => Math.abs(v - generated[i]!))
  const outside = boxes.map((v) => 1 - v)
  const energy = (mask: ArrayLike<number>, where: string): Record<string, number> => {
    const { inside, outside: rest } = residualEnergyRatio(residual, mask)
    return { [`residual-energy-in-${where}`]: inside, [`residual-energy-outside-${where}`]: rest }
  }
  const some = (mask: ArrayLike<number>): boolean => Array.prototype.some.call(mask, (v: number) => v > 0)
  return {
    ...(some(boxes) ? energy(boxes, 'boxes') : {}),
    ...(lesion && some(lesion) ? energy(lesion, 'lesion') : {}),
    ...(some(outside) ? { 'psnr-outside-boxes': finite(psnr(film, generated, outside)) } : {}),
    ...(twin && some(boxes)
      ? {
          'psnr-to-twin-in-boxes': finite(psnr(generated, twin, boxes)),
          'psnr-to-twin-in-boxes-copying': finite(psnr(film, twin, boxes)),
          'psnr-gain-over-copying': finite(psnr(generated, twin, boxes)) - finite(psnr(film, twin, boxes)),
        }
      : {}),
  }
}
