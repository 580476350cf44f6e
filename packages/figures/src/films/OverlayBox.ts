// Boxes drawn on films. Ground truth and detections differ in colour and in line, so that neither printing in grey nor
// colour blindness confuses them.
import type { Box } from '@radiograft/geometry'
import type { Colour } from '../svg/palette.ts'

/** A box on a film, in the film's own pixels. */
export interface OverlayBox {
  readonly box: Box
  readonly colour: Colour
  /** @default 'solid' */
  readonly line?: 'solid' | 'dashed' | 'dotted'
  /** Written at the box, such as a score. */
  readonly label?: string
  /** What such a line means; boxes of one meaning share an entry of the legend. Without it none is made. */
  readonly meaning?: string
}

/** A box that a radiologist drew: solid orange. */
export const groundTruthBox = (box: Box, label?: string): OverlayBox => ({
  box,
  colour: 'orange',
  meaning: 'ground truth',
  ...(label === undefined ? {} : { label }),
})

/** A box that a detector found: dashed sky blue, its score written to two digits. */
export const detectionBox = (box: Box, score?: number): OverlayBox => ({
  box,
  colour: 'sky',
  line: 'dashed',
  meaning: 'detection (score)',
  ...(score === undefined ? {} : { label: score.toFixed(2) }),
})
