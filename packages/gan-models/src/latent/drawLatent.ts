// One latent of a prior. Used by what draws latents for films, for searches and for chance.
import type { Rng } from '@radiograft/random'
import type { LatentPrior } from '../latentGenerator.ts'
import { onSphere } from './onSphere.ts'

/** [d] of the stream's next numbers: uniform on ‖z‖ = √d, or uniform in [−1, 1)^d. */
export const drawLatent = (prior: LatentPrior, d: number, rng: Rng): ArrayLike<number> =>
  prior === 'uniform' ? rng.uniforms(d).map((u) => 2 * u - 1) : onSphere(rng.normals(d))
