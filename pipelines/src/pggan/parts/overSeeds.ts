// What several training seeds gave, as one: figures with their spread, and what each seed's films say of a class that was left out.
import type { Build, Metrics, Ref } from '@radiograft/pipeline'
import { checkShares, poolSeeds } from '@radiograft/metrics/stages'

interface OfSeed {
  readonly seed: number
  readonly metrics: ReadonlyArray<Ref<typeof Metrics>>
}

/** `bySeed` where there is more than one. */
export const overSeeds = (g: Build, seeds: ReadonlyArray<OfSeed>) => {
  if (seeds.length < 2) return { metrics: seeds[0]!.metrics }
  const { metrics, bySeed } = g(
    'pool-seeds',
    poolSeeds,
    { metrics: seeds.flatMap((one) => one.metrics) },
    { seeds: seeds.flatMap((one) => one.metrics.map(() => one.seed)) },
  )
  return { metrics: [metrics], bySeed }
}

/** Whether films of generators that were not shown a class are found to be without it; nothing where all were shown. */
export const leftOutCheck = (g: Build, leaveOut: string, shares: ReadonlyArray<Ref<typeof Metrics>>) =>
  leaveOut === ''
    ? undefined
    : g('check-left-out', checkShares, { metrics: shares }, { absent: leaveOut, arms: ['pggan', 'dcgan'] })
