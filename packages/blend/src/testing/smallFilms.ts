// A few films in memory, flat or without two equal pixels, whose nearest donors and whose pixels are known by hand.
import type { BoxRow, PairRow, Part } from '@radiograft/pipeline'
import { cohortTables, filmsInMemory } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'

export const SIDE = 8
interface Shown {
  readonly id: string
  readonly grey: number
  readonly class: string
  readonly part?: Part
  readonly patient?: string
}
// Flat films: the distance of two is 32 times the difference of their grey levels. All but two of the training part.
const shown: ReadonlyArray<Shown> = [
  { id: 'a1', grey: 0.25, class: 'Lung Opacity', patient: 'anna' },
  { id: 'a2', grey: 0.75, class: 'Lung Opacity' },
  { id: 'a3', grey: 0.5, class: 'Lung Opacity', part: 'test' },
  { id: 'n1', grey: 0.25, class: 'Normal', patient: 'anna' },
  { id: 'n2', grey: 0.375, class: 'Normal' },
  { id: 'n3', grey: 0.5, class: 'Normal' },
  { id: 'n4', grey: 0.5, class: 'Normal', part: 'validation' },
  { id: 'o1', grey: 0.875, class: 'Other' },
]
export const ids = shown.map(({ id }) => id)
const having = (i: number): boolean => shown[i]!.class === 'Lung Opacity'
export const { cohort, labels, split } = cohortTables(ids, {
  partOf: (i) => shown[i]!.part ?? 'train',
  having,
  classOf: (i) => shown[i]!.class,
  patientOf: (film, i) => shown[i]!.patient ?? `patient of ${film}`,
})
export const films = filmsInMemory(ids, SIDE, (_, i) => new Float32Array(SIDE * SIDE).fill(shown[i]!.grey))
export const boxes: ReadonlyArray<BoxRow> = [
  { film: 'a1', x0: 2, y0: 3, x1: 5, y1: 7, label: 'opacity' },
  { film: 'a2', x0: -3, y0: 1, x1: 2, y1: 4, label: 'opacity' },
  { film: 'a2', x0: 5, y0: 5, x1: 9.5, y1: 7, label: 'opacity' },
  { film: 'a2', x0: 7.75, y0: 0, x1: 12, y1: 2, label: 'opacity' }, // covers no pixel's centre
  { film: 'a3', x0: 1, y0: 1, x1: 3, y1: 3, label: 'opacity' },
]
export const tables = { films, boxes, labels, cohort, split }
export const pair = (film: string, donor: string, rank = 0): PairRow => ({ film, donor, rank, distance: 0 })
export const chosen = (pairs: ReadonlyArray<PairRow>) =>
  pairs.map(({ film, donor, distance }) => [film, donor, Math.round(1000 * distance) / 1000])

/** Films without two equal pixels, so that a pixel says where it comes from. */
export const textured = filmsInMemory(ids, SIDE, (id) => rng(id).uniforms(SIDE * SIDE))
export const pixelsOf = async (id: string): Promise<Float32Array> => (await textured.rows([textured.indexOf(id)]))[0]!
