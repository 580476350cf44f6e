// The growth that the parameters of `fit-progressive` ask for. Used by its entry and its price.
import { growthPresets } from '../progressive/growthPresets.ts'
import { growthSchedule, type GrowthOptions, type GrowthSchedule } from '../progressive/growthSchedule.ts'

export type ScheduleParams = Required<Pick<GrowthOptions, 'fadeImages' | 'stableImages' | 'lastImages'>> & {
  readonly schedule: 'own' | keyof typeof growthPresets
  readonly size: number
  readonly batch: number
}

/** A preset is cut behind `size`. @throws GanModelsError when that is no power of two */
export const scheduleOf = (params: ScheduleParams): GrowthSchedule => {
  const { schedule, size, batch, fadeImages, stableImages, lastImages } = params
  const own = growthSchedule({ to: size, fadeImages, stableImages, lastImages, batch: () => batch })
  return schedule === 'own' ? own : growthPresets[schedule].filter(({ resolution }) => resolution <= size)
}
