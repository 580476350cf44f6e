import type { Rng } from '@radiograft/random'
import { figureName, type DistributionFigure } from './distributionFigure.ts'
import { checkFilmSet, pixelIdentity, type FilmSet } from './filmSet.ts'
import { IncomparableFiguresError } from './IncomparableFiguresError.ts'
import { patchDescriptors, patchSide, type LevelDescriptors } from './patchDescriptors.ts'
import { patchWasserstein, type PatchWassersteinOptions } from './patchWasserstein.ts'
import { ownersOf, resampleUnits, type Owners, type UnitDraw, type UnitOptions } from './resampleUnits.ts'
import { sliceDirections } from './sliceDirections.ts'
import { sliceReplicates, type OwnedRows } from './sliceReplicates.ts'

/**
 * `patchWasserstein` (mean of the levels, times 1000) as a figure. Descriptors of a resample keep the normalisation of the whole set. The interval costs films x patches x
 * directions x resamples a level, so there are 200 resamples by default.
 * @param rng places, directions and resamples
 * @throws IncomparableFiguresError when sizes or resize filters differ; MetricError as `patchWasserstein`
 */
export const measurePatches = (
  real: FilmSet,
  fake: FilmSet,
  rng: Rng,
  { resamples = 200, ...options }: PatchWassersteinOptions & UnitOptions = {},
): DistributionFigure => {
  checkFilmSet('real', real)
  checkFilmSet('fake', fake)
  const [extractor, other] = [pixelIdentity(real), pixelIdentity(fake)]
  for (const field of ['name', 'resizeFilter'] as const) {
    if (extractor[field] !== other[field]) throw new IncomparableFiguresError(field, extractor[field], other[field])
  }
  const { patches = 128, directions: count = 512 } = options
  const places = rng.fork('places')
  const { value } = patchWasserstein(real, fake, places, options)
  const owners = [ownersOf(real.units), ownersOf(fake.units)] as const
  const directions = sliceDirections(patchSide ** 2, places, count)
  const replicates = (draws: readonly UnitDraw[]): Float64Array => {
    const theirs = patchDescriptors(fake, places, options)
    const levels = patchDescriptors(real, places, options).map((level, s) =>
      sliceReplicates(owned(level, owners[0], patches), owned(theirs[s]!, owners[1], patches), directions, draws),
    )
    return Float64Array.from(
      draws,
      (_, r) => (1000 * levels.reduce((sum, level) => sum + level[r]!, 0)) / levels.length,
    )
  }
  const { low, high, se, confidence } = resampleUnits(
    { value, sets: owners, replicates, range: [0, Infinity] },
    rng.fork('resamples'),
    { ...options, resamples },
  )
  const protocol = `swd-patches${patchSide}x${patches}-directions${count}`
  const n = { real: real.count, fake: fake.count }
  return {
    metric: figureName(protocol, extractor, n),
    protocol,
    biasedByN: true,
    value,
    low,
    high,
    se,
    confidence,
    n,
    units: { real: owners[0].count, fake: owners[1].count },
    dims: patchSide ** 2,
    extractor,
  }
}

const owned = (level: LevelDescriptors, { owner }: Owners, patches: number): OwnedRows => ({
  ...level,
  owner: Int32Array.from({ length: level.rows }, (_, row) => owner[Math.floor(row / patches)]!),
})
