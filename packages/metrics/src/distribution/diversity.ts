/**
 * Mean MS-SSIM of pairs of films of one set: high where films resemble each other, 1 where a generator makes one film only. Read it
 * beside that of real films at the same size (P8, collapse).
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { checkFilms, filmAt, type Films } from './films.ts'
import { multiScaleSsim, ssimScales } from './multiScaleSsim.ts'

export interface DiversityOptions {
  /** pairs compared, all there are where they are fewer @default 500 */
  readonly pairs?: number
  /** white − black @default 1 */
  readonly dataRange?: number
}

export interface Diversity {
  /** `diversity-ms-ssim-5scales`, or that of three scales */
  readonly name: string
  /** mean over pairs: lower is more diverse */
  readonly value: number
  /** [i, j] with i < j, each once */
  readonly pairs: readonly (readonly [number, number])[]
  /** MS-SSIM of each pair */
  readonly perPair: Float64Array
}

/**
 * @param units whose film each is: films of one patient resemble each other and are never paired; for generated films one unit a film
 * @throws MetricError when all films are of one unit, lengths differ, or films are too small for three scales
 */
export const diversity = (
  films: Films,
  units: readonly string[],
  rng: Rng,
  { pairs: most = 500, dataRange = 1 }: DiversityOptions = {},
): Diversity => {
  checkFilms('films', films)
  const { name } = ssimScales(films.height, films.width)
  const pairs = drawPairs(units, films.count, most, rng)
  const perPair = Float64Array.from(
    pairs,
    ([i, j]) => multiScaleSsim(filmAt(films, i), filmAt(films, j), films, { dataRange }).value,
  )
  const value = perPair.reduce((sum, v) => sum + v, 0) / perPair.length
  return { name: `diversity-${name}`, value, pairs, perPair }
}

const drawPairs = (
  units: readonly string[],
  count: number,
  most: number,
  rng: Rng,
): readonly (readonly [number, number])[] => {
  if (units.length !== count) throw new MetricError('units', `${units.length} for ${count} films: give one a film`)
  if (!(Number.isInteger(most) && most > 0)) throw new MetricError('pairs', `must be 1 or more, got ${most}`)
  const sizes = new Map<string, number>()
  for (const unit of units) sizes.set(unit, (sizes.get(unit) ?? 0) + 1)
  const within = [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const all = (count * (count - 1)) / 2 - within
  if (all === 0) throw new MetricError('units', 'all films are of one unit: there is no pair to compare')
  if (all <= 2 * most) {
    const every = units.flatMap((unit, i) =>
      units.flatMap((other, j) => (i < j && unit !== other ? [[i, j] as const] : [])),
    )
    return all <= most ? every : rng.shuffle(every).slice(0, most)
  }
  const found = new Map<number, readonly [number, number]>()
  while (found.size < most) {
    const [a, b] = [rng.int(0, count), rng.int(0, count)]
    const [i, j] = [Math.min(a, b), Math.max(a, b)]
    if (units[i] !== units[j]) found.set(i * count + j, [i, j])
  }
  return [...found.values()]
}
