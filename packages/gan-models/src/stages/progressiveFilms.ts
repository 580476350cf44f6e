// Which films a progressive GAN trains on, all of the training part whatever their class (P1: it is unconditional), and whether they can
// be trained on; and the validation films that its checks look at. Asked before anything is computed. Used by the entry of `fit-progressive`.
import { filmsOf, type Films, type SplitRow } from '@radiograft/pipeline'
import { GanModelsError } from '../GanModelsError.ts'
import type { GrowthSchedule } from '../progressive/growthSchedule.ts'
import type { RealFilms } from './RealFilms.ts'

/**
 * @returns ids, ascending; those of validation may be none
 * @throws GanModelsError when films are smaller than the last resolution or fewer than a batch, or groups do not divide a batch
 */
export const progressiveFilms = (
  films: Pick<Films, 'ids' | 'height' | 'width'>,
  split: ReadonlyArray<SplitRow>,
  schedule: GrowthSchedule,
  group: number,
): Pick<RealFilms, 'ids' | 'validation'> => {
  const { resolution } = schedule.at(-1)!
  const side = Math.min(films.height, films.width)
  if (side < resolution)
    throw new GanModelsError(
      'films',
      `are ${films.height} × ${films.width} pixels and would be enlarged to ${resolution}²: set size to ${side >= 4 ? 2 ** Math.floor(Math.log2(side)) : 4} or less, or read films at ${resolution} or more`,
    )
  for (const { resolution: at, batch } of schedule)
    if (batch % group !== 0)
      throw new GanModelsError(
        'group',
        `${group} films a group do not divide the batch of ${batch} at ${at}²: set batch to ${Math.ceil(batch / group) * group}, or group to a divisor of ${batch}`,
      )
  const part = (name: 'train' | 'validation'): string[] => {
    const members = new Set(filmsOf(split, name))
    return films.ids.filter((id) => members.has(id)).toSorted()
  }
  const [ids, validation] = [part('train'), part('validation')]
  const batch = Math.max(...schedule.map((phase) => phase.batch))
  if (ids.length < batch) {
    const least = Math.floor(ids.length / group) * group
    const wayOut =
      least > 0
        ? `set batch to ${least} or less`
        : `set group to ${ids.length || 1} or less and batch to a multiple of it`
    throw new GanModelsError(
      'films',
      `${ids.length} of ${films.ids.length} are in the training part, fewer than a batch of ${batch}: ${wayOut}, or give more films`,
    )
  }
  return { ids, validation }
}
