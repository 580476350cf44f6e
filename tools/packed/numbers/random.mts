// Known answers of Philox 4x32-10 from its authors' test vectors (Random123, kat_vectors), and counts that need no seed.
import { philox4x32, rng, type Rng } from '@radiograft/random'

const hex = (words: Uint32Array): string => Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ')
console.log(hex(philox4x32([0, 0, 0, 0], [0, 0]))) // 6627e8d5 e169c58d bc57ac4c 9b00dbd8
const ones = 0xffffffff
console.log(hex(philox4x32([ones, ones, ones, ones], [ones, ones]))) // 408f276d 41c83b0e a20bc7c6 6d5451fd

const stream: Rng = rng('study').fork('shuffle')
console.log([...stream.permutation(5)].toSorted((a, b) => a - b)) // [ 0, 1, 2, 3, 4 ]

// the mean of 100,000 uniforms is within 5 standard errors of a half: 5 / √(12 · 100,000) = .0046
const mean = stream.uniforms(100_000).reduce((sum, u) => sum + u, 0) / 100_000
console.log(Math.abs(mean - 0.5) < 0.0046) // true
