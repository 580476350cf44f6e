/** Cosine and sine of an angle φ given as q = tan(φ/2), without trigonometric functions. Used by pose, vessels, findings. */
export interface Rotation {
  readonly cos: number
  readonly sin: number
}

/** Rotation by 2·atan(q). */
export function rotation(q: number): Rotation {
  const d = 1 + q * q
  return { cos: (1 - q * q) / d, sin: (2 * q) / d }
}
