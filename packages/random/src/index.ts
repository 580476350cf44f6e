/**
 * @radiograft/random: random numbers that depend on seeds and names alone. Philox 4x32-10, counter based; the same bits on
 * every machine and engine. No dependencies.
 *
 * ```ts
 * import { rng } from '@radiograft/random'
 *
 * const study = rng('my study')
 * const order = study.fork('shuffle').permutation(1000)
 * const noise = study.fork('noise').fork(17).normals(64 * 64) // film 17's, whatever was drawn for film 16
 * ```
 */

// streams
export { rng } from './rng.ts'
export type { Rng } from './rng.ts'

// seeds from names
export { deriveSeed } from './deriveSeed.ts'
export { hashString } from './hashString.ts'

// the functions underneath
export { philox4x32 } from './philox4x32.ts'
export { normalFromWord } from './normalFromWord.ts'

// what TensorFlow draws
export { tensorflowStatelessUniform } from './tensorflowStatelessUniform.ts'

// errors
export { RandomArgumentError } from './RandomArgumentError.ts'
