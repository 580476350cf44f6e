// Films as 32 x 32 thumbnails for the rows of nearest neighbours: a mean film and cosine waves of chance whose standard
// deviation falls with frequency as it does in 935 real films of two sets (within 15 % up to the highest wave). The waves are
// independent, which real ones are not: real films lie closer together and are easier to search.
import { rng } from '@radiograft/random'
import { writeRaw } from './rawFile.ts'
import { settingsOf } from './settingsOf.ts'

const SIDE = 32
const { scratch, queries, pool } = settingsOf('queries', 'pool')

const cosines = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [k, x] = [Math.floor(i / SIDE), i % SIDE]
  return Math.sqrt((k === 0 ? 1 : 2) / SIDE) * Math.cos((Math.PI * k * (x + 0.5)) / SIDE)
})
const deviation = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
  const frequency = Math.hypot(Math.floor(i / SIDE), i % SIDE)
  return 1.9 / (1 + (frequency / 2.5) ** 1.75)
})

/** [rows of a, SIDE] times the cosines, transposed: twice makes a film of its waves. */
const turn = (a: Float64Array): Float64Array => {
  const out = new Float64Array(SIDE * SIDE)
  for (let r = 0; r < SIDE; r++) {
    for (let x = 0; x < SIDE; x++) {
      let sum = 0
      for (let k = 0; k < SIDE; k++) sum += a[r * SIDE + k]! * cosines[k * SIDE + x]!
      out[x * SIDE + r] = sum
    }
  }
  return out
}

const films = (name: string, count: number): Float32Array => {
  const out = new Float32Array(count * SIDE * SIDE)
  const draw = rng(name)
  for (let film = 0; film < count; film++) {
    const chance = draw.fork(film).normals(SIDE * SIDE)
    const pixels = turn(turn(deviation.map((sd, i) => sd * chance[i]!)))
    for (let i = 0; i < pixels.length; i++) out[film * SIDE * SIDE + i] = 0.5 + pixels[i]!
  }
  return out
}

writeRaw(scratch, 'queries.f32', films('queries', queries))
writeRaw(scratch, 'pool.f32', films('pool', pool))
