import type { Rng } from '@radiograft/random'
import { figureName, type DistributionFigure } from './distributionFigure.ts'
import { diversity, type DiversityOptions } from './diversity.ts'
import { checkFilmSet, pixelIdentity, type FilmSet } from './filmSet.ts'
import { ownersOf, resampleUnits, type UnitOptions } from './resampleUnits.ts'

/**
 * `diversity` as a figure of one set; take that of the fakes beside that of the reals. In a resample a pair counts as often as both its units were drawn
 * together, Σ w_u w_v s_uv / Σ w_u w_v; two copies of one film are no pair.
 * @param role which set this is, for the figure's n
 * @param rng pairs and resamples
 * @throws MetricError as `diversity`
 */
export const measureDiversity = (
  films: FilmSet,
  role: 'real' | 'fake',
  rng: Rng,
  options: DiversityOptions & UnitOptions = {},
): DistributionFigure => {
  checkFilmSet('films', films)
  const { name, value, pairs, perPair } = diversity(films, films.units, rng.fork('pairs'), options)
  const owners = ownersOf(films.units)
  const ends = pairs.map(([i, j]) => [owners.owner[i]!, owners.owner[j]!] as const)
  const drawn = (w: Uint16Array): number => {
    let [sum, all] = [0, 0]
    ends.forEach(([u, v], p) => {
      const weight = w[u]! * w[v]!
      sum += weight * perPair[p]!
      all += weight
    })
    return sum / all
  }
  const { low, high, se, confidence } = resampleUnits(
    { value, sets: [owners], replicates: (draws) => Float64Array.from(draws, ([w]) => drawn(w!)), range: [0, 1] },
    rng.fork('resamples'),
    options,
  )
  const only = (n: number): DistributionFigure['n'] => ({
    real: role === 'real' ? n : null,
    fake: role === 'fake' ? n : null,
  })
  const extractor = pixelIdentity(films)
  const protocol = `${name}-pairs${pairs.length}`
  return {
    metric: figureName(protocol, extractor, only(films.count)),
    protocol,
    biasedByN: false,
    value,
    low,
    high,
    se,
    confidence,
    n: only(films.count),
    units: only(owners.count),
    dims: films.height * films.width,
    extractor,
  }
}
