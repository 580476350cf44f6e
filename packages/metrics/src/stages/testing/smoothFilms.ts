// Films that differ as films do: a few broad waves with drawn amplitudes. Used by the tests of stages.
import { rng } from '@radiograft/random'

/** [side, side] in [0, 1]; another film for another seed, the same law for all. */
export const smoothFilm = (side: number, seed: string): Float32Array => {
  const amplitudes = rng(seed).normals(36)
  return Float32Array.from({ length: side * side }, (_, p) => {
    const [y, x] = [(Math.floor(p / side) + 0.5) / side, ((p % side) + 0.5) / side]
    let sum = 0
    for (let u = 0; u < 6; u++)
      for (let v = 0; v < 6; v++)
        sum += (amplitudes[6 * u + v]! * Math.cos(Math.PI * u * y) * Math.cos(Math.PI * v * x)) / (1 + u + v)
    return Math.min(1, Math.max(0, 0.5 + sum / 8))
  })
}
