// Schedules that were used for films of 1024² (rows P6 and P8), each a value.
import { growthSchedule, type GrowthSchedule } from './growthSchedule.ts'

const listed =
  (most: number, above: Readonly<Record<number, number>>) =>
  (resolution: number): number =>
    above[resolution] ?? most

/**
 * `reference`: the reference's second version on one GPU (P8), 600,000 films a phase, 12 million in all. `reference-v1`: its first,
 * 800,000 a phase, 19 million in all; its critic has groups of 16. `thorax`: the authors' of the chest X-ray paper (P6), batches of
 * their four GPUs together, Adam reset where the reference does.
 */
export const growthPresets: Readonly<Record<'reference' | 'reference-v1' | 'thorax', GrowthSchedule>> = {
  reference: growthSchedule({
    to: 1024,
    fadeImages: 600_000,
    stableImages: 600_000,
    lastImages: 2_400_000,
    batch: listed(128, { 32: 64, 64: 32, 128: 16, 256: 8, 512: 4, 1024: 4 }),
    adamResets: 'phase',
  }),
  'reference-v1': growthSchedule({
    to: 1024,
    fadeImages: 800_000,
    stableImages: 800_000,
    lastImages: 6_200_000,
    batch: listed(16, { 256: 14, 512: 6, 1024: 3 }),
    adamResets: 'phase',
  }),
  thorax: growthSchedule({
    to: 1024,
    fadeImages: 800_000,
    stableImages: 800_000,
    lastImages: 1_200_000,
    batch: listed(64, { 256: 56, 512: 32, 1024: 12 }),
    adamResets: 'phase',
  }),
}
