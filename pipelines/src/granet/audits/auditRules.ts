/**
 * The rules of the audits (G16), each a function of a measured value and its interval, with the reason for its bound beside
 * it. None was chosen by looking at a run. `auditAlarms` applies them; an interval that a bound divides cannot tell.
 */

export interface Measured {
  readonly value: number
  /** 95 % interval; NaN where there is none */
  readonly low: number
  readonly high: number
}

export type AuditVerdict = 'quiet' | 'alarm' | 'cannot tell'

/** The phantom calls a lesion visible when it changes its pixels by 6 grey levels of 255 on average. */
const VISIBLE = 6 / 255

/** Wanted above the bound: alarm where the whole interval lies below it. */
const above = (bound: number, { low, high }: Measured): AuditVerdict =>
  low >= bound ? 'quiet' : high < bound ? 'alarm' : 'cannot tell'
/** Wanted below the bound: alarm where the whole interval lies above it. */
const below = (bound: number, { low, high }: Measured): AuditVerdict =>
  high <= bound ? 'quiet' : low > bound ? 'alarm' : 'cannot tell'

/**
 * Residual energy a pixel inside over outside. A residual of pure noise has 1. At 2 a lesion adds as much energy to a pixel
 * as everything else does (signal to background 1); below, attention points at background more than at lesions.
 */
export const residualIsNoise = (ratio: Measured): AuditVerdict => above(2, ratio)

/**
 * Paired gain in dB over copying the film, inside boxes. A copier has 0. An interval above 0 shows a gain; one that reaches 0
 * shows none, unless it still holds 10 log10 2 = 3 dB, which would be half of the lesion's energy gone: then the films are too few.
 */
export const copiesItsInput = (gain: Measured): AuditVerdict =>
  gain.low > 0 ? 'quiet' : gain.high < 10 * Math.log10(2) ? 'alarm' : 'cannot tell'

/**
 * Mean square of |x − G(x)| inside boxes, where no truth is known. Its root is at least the mean, so below that of a visible
 * lesion nothing that a reader could see was taken away.
 */
export const changesNothing = (energy: Measured): AuditVerdict => above(VISIBLE ** 2, energy)

/** Mean |x − G(x)| of normal films, which should be 0 (G16, G32): above that of a visible lesion, G draws lesions on normals. */
export const harmsNormals = (error: Measured): AuditVerdict => below(VISIBLE, error)

/** dB outside the boxes. 40 dB is a deviation of .01 of the grey range, about the noise of a film (1 to 3 levels of 255). */
export const harmsOutside = (decibel: Measured): AuditVerdict => above(40, decibel)

/** Hard-edged pastes have to be found this well before finding nothing in other grafts says anything. */
export const FORENSICS_VALID = 0.9

export interface SeamAucs {
  /** of a classifier that does not know where the grafts are */
  readonly searching: Measured
  /** of a look at the edges of their boxes, where those are known */
  readonly atBox?: Measured
}

/**
 * AUC of telling grafts from untouched films; .5 where nothing tells them. Alarm when searching has surely above .6, which a
 * detector that only looks for seams turns into false positives: what was found was found, whatever else is missed. At the
 * boxes, which training is told, the bound is .75, half way to certainty. Quiet when surely below it there, which is the
 * stronger look of the two, and only where the same look finds hard pastes.
 */
export const seamIsVisible = ({ searching, atBox }: SeamAucs, valid: boolean): AuditVerdict =>
  searching.low > 0.6 || (atBox && atBox.low > 0.75)
    ? 'alarm'
    : valid && (atBox ?? searching).high < 0.75
      ? 'quiet'
      : 'cannot tell'

/**
 * Share of grafts from the most used donor. Above one in ten a detector meets that lung in every third batch of four
 * positives. The interval is Wilson's, so that three grafts from two donors alarm nobody.
 */
export const leansOnOneDonor = ({ value, low }: Measured): AuditVerdict =>
  low > 0.1 ? 'alarm' : value <= 0.1 ? 'quiet' : 'cannot tell'

/** Wilson's interval of a share of n: centre (p + z²/2n) / (1 + z²/n), z = 1.96. */
export const shareInterval = (value: number, n: number): Measured => {
  const z2 = 1.96 ** 2
  const centre = (value + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Math.sqrt(z2) * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return { value, low: centre - half, high: centre + half }
}
