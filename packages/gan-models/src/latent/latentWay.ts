// A way through latents: from each to the next in equal steps, for strips of films that change into each other.
import type { LatentGenerator } from '../latentGenerator.ts'
import { interpolateLatents } from './interpolateLatents.ts'

/** (N − 1) · steps + 1 latents, among them all N; with 1 step the N as they are. */
export const latentWay = (
  latents: ReadonlyArray<Float32Array>,
  steps: number,
  prior: LatentGenerator['prior'] = 'sphere',
): ReadonlyArray<Float32Array> =>
  latents.flatMap((z, i) => {
    const next = latents[i + 1]
    if (!next) return [z]
    const between = Array.from({ length: steps - 1 }, (_, s) =>
      Float32Array.from(interpolateLatents(z, next, (s + 1) / steps, prior)),
    )
    return [z, ...between]
  })
