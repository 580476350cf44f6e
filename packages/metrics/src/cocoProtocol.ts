/**
 * COCO's protocol of average precision: thresholds, how many predictions a film may have, which areas count. `cocoAp`
 * and its intervals take these options; the name says them, and is never RSNA's.
 */
import { iouThresholds, namedThresholds } from './iouThresholds.ts'
import type { MatchRule } from './matchFilm.ts'
import { MetricError } from './MetricError.ts'

/**
 * Area in square pixels of the film, both ends included; pycocotools' own ranges, made for photographs of 640 x 480. `all`
 * has no bounds: pycocotools' 1e10 is a film of 100,000 pixels a side.
 */
const areas = {
  all: undefined,
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const

export type CocoArea = keyof typeof areas

export interface CocoOptions {
  /**
   * IoU thresholds, rising, each a whole number of hundredths. pycocotools' own default is numpy's linspace, of which
   * some are a rounding error off k/100 (cocoapi #409). @default .50, .55, … .95
   */
  readonly thresholds?: readonly number[]
  /** the surest predictions of each film, no more @default 100 */
  readonly maxDetections?: number
  /** truth boxes, and unmatched predictions, of other areas are ignored @default 'all' */
  readonly area?: CocoArea
}

export interface CocoProtocol extends Required<CocoOptions> {
  /** for example `ap-coco-0.50:0.95`, `ap-coco-0.50`, `ap-coco-0.50:0.95-small`, `ap-coco-0.50:0.95-max10` */
  readonly name: string
}

/** @throws MetricError when thresholds are no rising hundredths, or `maxDetections` is not a whole number above 0 */
export const cocoProtocol = (options: CocoOptions = {}): CocoProtocol => {
  const { thresholds, name } = namedThresholds(options.thresholds ?? iouThresholds(0.5, 0.95, 0.05), 5)
  const { maxDetections = 100, area = 'all' } = options
  if (!(Number.isInteger(maxDetections) && maxDetections > 0))
    throw new MetricError('maxDetections', `must be a whole number above 0, got ${maxDetections}`)
  if (!Object.hasOwn(areas, area))
    throw new MetricError('area', `is one of ${Object.keys(areas).join(', ')}, not ${area}`)
  const suffix = `${area === 'all' ? '' : `-${area}`}${maxDetections === 100 ? '' : `-max${maxDetections}`}`
  return { name: `ap-coco-${name}${suffix}`, thresholds, maxDetections, area }
}

/** How this protocol matches: IoU of t or more, equal scores in the order given. */
export const cocoRule = ({ thresholds, maxDetections, area }: CocoProtocol): MatchRule => ({
  thresholds,
  maxDetections,
  ...(areas[area] ? { area: areas[area] } : {}),
  hit: 'at-least',
  ties: 'as-written',
})

/** COCO's primary metric, .50:.05:.95, and the one of PASCAL VOC's threshold. */
export const cocoMain = cocoProtocol()
export const cocoAt50 = cocoProtocol({ thresholds: [0.5] })
