// How an aligner is judged when no single θ is right (across patients size looks like scale): the same film, misaligned in
// two known ways, must come out the same. A film warped by A and aligned by θ shows the original through A∘θ.
import { composeTheta, cornerDisagreement, determinant, identityTheta, type Theta } from '@radiograft/geometry'

/** One held-out film misaligned in two ways, and what the aligner answered. */
export interface AgreementTrial {
  readonly poses: readonly [Theta, Theta]
  readonly thetas: readonly [Theta, Theta]
}

export interface Agreement {
  /** corner disagreement after alignment, film widths */
  readonly after: number
  /** the same before: as if θ were the identity */
  readonly before: number
  /** mean det θ of the two answers: a map that shrinks everything would agree for nothing */
  readonly determinant: number
}

export const agreementOf = ({ poses: [a, b], thetas: [p, q] }: AgreementTrial): Agreement => ({
  after: cornerDisagreement(composeTheta(a, p), composeTheta(b, q)),
  before: cornerDisagreement(composeTheta(a, identityTheta), composeTheta(b, identityTheta)),
  determinant: (determinant(p) + determinant(q)) / 2,
})
