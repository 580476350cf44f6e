/** Lead markers: the letters L, R and AP as 5 × 7 bitmaps in film coordinates, drawn over the healthy and the ill film. */
import type { Film } from '../film.ts'
import { rotation } from '../rotation.ts'

const GLYPHS = {
  L: ['#....', '#....', '#....', '#....', '#....', '#....', '#####'],
  R: ['####.', '#...#', '#...#', '####.', '#.#..', '#..#.', '#...#'],
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  P: ['####.', '#...#', '#...#', '####.', '#....', '#....', '#....'],
} as const
type Letter = keyof typeof GLYPHS

/** Attenuation of a marker. */
export const LEAD = 4

/** Marker map on a render grid of `size`², 1 where lead lies. */
export function markers(film: Film, size: number): Float64Array {
  const map = new Float64Array(size * size)
  const x = film.marker === 'L' ? film.mx : 1 - film.mx
  addLetter(map, size, film.marker, x, film.my, film.msz, film.mq)
  if (film.port) {
    addLetter(map, size, 'A', x - 0.05, film.my, film.msz * 0.8, film.mq)
    addLetter(map, size, 'P', x - 0.025, film.my, film.msz * 0.8, film.mq)
  }
  return map
}

function addLetter(
  map: Float64Array,
  size: number,
  letter: Letter,
  x: number,
  y: number,
  height: number,
  q: number,
): void {
  const { cos, sin } = rotation(q)
  const rows = GLYPHS[letter]
  const reach = height
  const i0 = Math.max(0, Math.floor((x - reach) * size))
  const i1 = Math.min(size, Math.floor((x + reach) * size) + 2)
  const j0 = Math.max(0, Math.floor((y - reach) * size))
  const j1 = Math.min(size, Math.floor((y + reach) * size) + 2)
  for (let j = j0; j < j1; j++) {
    for (let i = i0; i < i1; i++) {
      const u = (i + 0.5) / size - x
      const v = (j + 0.5) / size - y
      const column = Math.floor(((u * cos + v * sin) / height) * 7 + 2.5)
      const row = Math.floor(((v * cos - u * sin) / height) * 7 + 3.5)
      if (rows[row]?.[column] === '#') map[j * size + i]! += 1
    }
  }
}
