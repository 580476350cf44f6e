// Latents lie on the sphere ‖z‖ = √d: PGGAN divides z by its length anyway, so that a longer z is the same film, and a norm
// prior does nothing (P5).
import { GanModelsError } from '../GanModelsError.ts'

/** z · √d / ‖z‖. @param z [d] @throws GanModelsError when z has no direction */
export const onSphere = (z: ArrayLike<number>): Float64Array => {
  const values = Float64Array.from(z)
  const length = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
  if (!(length > 0 && Number.isFinite(length)))
    throw new GanModelsError('z', `has length ${length}: give a latent with a direction, such as d normal numbers`)
  return values.map((v) => (v * Math.sqrt(values.length)) / length)
}
