// One free pixel: 4 f − Σ target neighbours = 4 s − Σ source neighbours, so f = t + (s − n) where the neighbours are t and n.
import { donorHistogram, graftFilm, nearestNeighbours, poissonBlend, type Graft } from '@radiograft/blend'

const film = new Float64Array(25).fill(0.2)
const donor = new Float64Array(25).fill(0.3)
donor[12] = 0.7
const { pasted, blended, mask }: Graft<Float64Array> = graftFilm({
  film,
  donor,
  boxes: [[2, 2, 3, 3]],
  height: 5,
  width: 5,
})
console.log(
  pasted[12],
  blended[12]?.toFixed(9),
  blended[11],
  mask.reduce((n, m) => n + m, 0),
) // 0.7 0.600000000 0.2 1

// a source without gradients takes the target's values in: linear between the two sides
const target = Float64Array.of(0, 9, 9, 9, 1)
const between = poissonBlend(new Float64Array(5), target, Uint8Array.of(0, 1, 1, 1, 0), 1, 5)
console.log(Array.from(between, (v) => v.toFixed(6)).join(' ')) // 0.000000 0.250000 0.500000 0.750000 1.000000

const image = (value: number) => ({ pixels: new Float32Array(64).fill(value), height: 8, width: 8 })
const { indices, distances } = nearestNeighbours([image(0.5)], [image(0), image(0.75), image(0.25)], { size: 8, k: 2 })
// of two at a distance of √(64 · .25²) = 2 the first
console.log([...indices], [...distances]) // [ 1, 2 ] [ 2, 2 ]
console.log(donorHistogram(['a', 'b', 'a', 'b']).effectiveDonors) // 2
