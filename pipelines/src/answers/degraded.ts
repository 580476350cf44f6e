// Films made worse in known ways, the rungs of answer 7's ladder. All but blurring take a stream of random numbers.
import type { Rng } from '@radiograft/random'
import { eightBit } from './otherNoise.ts'

/** Normal blur of this many pixels, the edge pixel going on outside. @param film [size²] */
export const blurred = (film: Float32Array, size: number, sigma: number): Float32Array => {
  const reach = Math.ceil(4 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)))
  const sum = weights.reduce((total, w) => total + w, 0)
  const along = (source: Float32Array, stride: number): Float32Array => {
    const out = new Float32Array(source.length)
    for (let o = 0; o < out.length; o++) {
      const at = Math.floor(o / stride) % size
      const start = o - at * stride
      let value = 0
      for (let i = -reach; i <= reach; i++)
        value += weights[i + reach]! * source[start + Math.min(Math.max(at + i, 0), size - 1) * stride]!
      out[o] = value / sum
    }
    return out
  }
  return along(along(film, 1), size)
}

/** White noise of so many grey levels of 255, then 8 bits. */
export const noisy = (film: Float32Array, greys: number, rng: Rng): Float32Array => {
  const noise = rng.normals(film.length)
  return film.map((v, i) => eightBit(v + (greys / 255) * noise[i]!))
}

/** The film's square blocks in another order. @param side of a block, pixels; divides the film's */
export const shuffled = (film: Float32Array, size: number, side: number, rng: Rng): Float32Array => {
  const across = size / side
  const order = rng.permutation(across ** 2)
  const pixel = (block: number, row: number, column: number): number =>
    (Math.floor(block / across) * side + row) * size + (block % across) * side + column
  return film.map((_, o) => {
    const [row, column] = [Math.floor(o / size), o % size]
    const block = Math.floor(row / side) * across + Math.floor(column / side)
    return film[pixel(order[block]!, row % side, column % side)]!
  })
}

/** Every grey level equally often. */
export const uniformNoise = (size: number, rng: Rng): Float32Array => rng.uniforms(size ** 2).map(eightBit)
