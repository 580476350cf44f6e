// Films that differ as films do: a few broad waves with drawn amplitudes. Used by the tests of stages.
import { rng } from '@radiograft/random'

const WAVES = 6

/** [side, side] in [0, 1]; another film for another seed, the same law for all. */
export const smoothFilm = (side: number, seed: string): Float32Array => {
  const amplitudes = rng(seed).normals(WAVES * WAVES)
  const wave = wavesOf(side)
  // along rows first: Σ_u cos(πuy) Σ_v a(u, v) cos(πvx)
  const across = new Float64Array(WAVES * side)
  for (let u = 0; u < WAVES; u++)
    for (let x = 0; x < side; x++)
      for (let v = 0; v < WAVES; v++)
        across[u * side + x]! += (amplitudes[WAVES * u + v]! * wave[v * side + x]!) / (1 + u + v)
  return Float32Array.from({ length: side * side }, (_, p) => {
    const [y, x] = [Math.floor(p / side), p % side]
    let sum = 0
    for (let u = 0; u < WAVES; u++) sum += wave[u * side + y]! * across[u * side + x]!
    return Math.min(1, Math.max(0, 0.5 + sum / 8))
  })
}

const wavesOf = (side: number): Float64Array =>
  Float64Array.from({ length: WAVES * side }, (_, i) =>
    Math.cos((Math.PI * Math.floor(i / side) * ((i % side) + 0.5)) / side),
  )
