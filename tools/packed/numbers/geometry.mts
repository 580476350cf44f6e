// Boxes and maps small enough to do on paper.
import {
  boxIou,
  determinant,
  resizeArea,
  thetaFrom,
  warpBox,
  warpFilm,
  type Box,
  type Theta,
} from '@radiograft/geometry'

// two squares of 100 pixels that share 50: 50 / 150
const a: Box = [0, 0, 10, 10]
console.log(boxIou(a, [5, 0, 15, 10]).toFixed(4)) // 0.3333

// a map that shows twice as much of the input halves what it shows, about the middle of the film
const half: Theta = thetaFrom({ scale: 2 })
console.log(determinant(half), warpBox([0, 0, 8, 8], half, 8, 8)) // 4 [ 2, 2, 6, 6 ]

// half a film to the right, in half film sizes: the right column of a 1 x 2 film comes first, zeros follow
console.log([...warpFilm(Float32Array.of(3, 5), 1, 2, thetaFrom({ tx: 1 }))]) // [ 5, 0 ]
console.log([...resizeArea(Float32Array.of(1, 2, 3, 6), 2, 2, 1, 1)]) // [ 3 ]
