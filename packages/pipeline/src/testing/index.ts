/**
 * @radiograft/pipeline/testing: what a test hands to a stage's entry instead of a store and a runner.
 *
 * ```ts
 * import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
 * const ids = filmIds(12)
 * const films = filmsInMemory(ids, 32, (id) => rng(id).uniforms(32 * 32))
 * const { split } = cohortTables(ids, { partOf: (i) => (i < 6 ? 'train' : 'test') })
 * const out = await run({ params: defaultsOf(detect, { batch: 4 }), inputs: { films, split }, ctx: stageContext() })
 * ```
 */
export { cohortTables } from './cohortTables.ts'
export { collectFilms } from './collectFilms.ts'
export { defaultsOf } from './defaultsOf.ts'
export { filmIds } from './filmIds.ts'
export { filmsInMemory } from './filmsInMemory.ts'
export { memoryCheckpoints } from './memoryCheckpoints.ts'
export { stageContext } from './stageContext.ts'
