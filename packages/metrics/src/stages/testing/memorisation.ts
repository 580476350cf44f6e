// A cohort, generators that are honest or replay training films, and `measure-memorisation` on them. Used by its tests and by those of
// `block-copies`.
import { rng } from '@radiograft/random'
import type { Films, MetricRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { measureMemorisation } from '../measureMemorisation.ts'
import { run as measure } from '../measureMemorisation.run.ts'
import { smoothFilm } from './smoothFilms.ts'

export const SIDE = 16
export const ids = Array.from({ length: 220 }, (_, i) => `r-${String(i).padStart(3, '0')}`)
export const TRAINING = 120
export const { split } = cohortTables(ids, { partOf: (i) => (i < TRAINING ? 'train' : 'test') })
export const realFilm = (seed: number | string, i: number): Float32Array => smoothFilm(SIDE, `real ${seed} ${i}`)
export const real = (seed: number | string): Films => filmsInMemory(ids, SIDE, (_, i) => realFilm(seed, i))
export const honest = (seed: number | string, count = 60): Films =>
  filmsInMemory(filmIds(count), SIDE, (id) => smoothFilm(SIDE, `honest ${seed} ${id}`))
/** A film of another dose: other brightness and contrast, other noise. */
export const again = (film: Float32Array, seed: string): Float32Array => {
  const noise = rng(seed).normals(film.length)
  return film.map((v, p) => 0.15 + 0.7 * v + 0.01 * noise[p]!)
}
export const replayed = (seed: number | string): Films =>
  filmsInMemory(filmIds(60), SIDE, (id, i) => again(realFilm(seed, 2 * i), id))

export const provenance = [
  split.slice(0, TRAINING).map(({ film, patient }) => ({ product: 'gan', film, patient, role: 'training' as const })),
]
export const inputsOf = (films: Films, generated: Films) => ({
  real: films,
  split,
  generated,
  realFeatures: [],
  generatedFeatures: [],
  provenance,
})
export const report = async (inputs: Parameters<typeof measure>[0]['inputs'], given: object = {}) => {
  const ctx = stageContext()
  const params = defaultsOf(measureMemorisation, { arm: 'gan', side: 8, ...given })
  const out = await measure({ params, inputs, ctx })
  const row = (metric: string): MetricRow => out.metrics.find((one) => one.metric === metric)!
  return { ...out, row, warnings: ctx.warnings }
}
