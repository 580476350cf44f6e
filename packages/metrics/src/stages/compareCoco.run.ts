// Entry of `compare-coco`: the test part of each of the detections, checked against what its model has seen.
import { rng } from '@radiograft/random'
import { assertUnseen, type MetricRow, type RunOf } from '@radiograft/pipeline'
import { cocoAt50, cocoMain } from '../cocoProtocol.ts'
import { compareCoco as compare } from '../compareCoco.ts'
import { filmsWithBoxes } from '../filmsWithBoxes.ts'
import { MetricError } from '../MetricError.ts'
import { partsAndContrasts } from './armParams.ts'
import type { compareCoco } from './compareCoco.ts'

export const run: RunOf<typeof compareCoco> = ({ params, inputs, ctx }) => {
  const { detections, boxes, split, provenance } = inputs
  const { parts, contrasts } = partsAndContrasts(params, detections.length)
  if (split.length !== 1 && split.length !== detections.length)
    throw new MetricError('split', `${split.length} splits for ${detections.length} detections: wire one, or one each`)
  const { seenBy } = params
  if (seenBy.length !== 0 && seenBy.length !== provenance.length)
    throw new MetricError('seenBy', `${seenBy.length} places for ${provenance.length} provenances: give one each`)
  const astray = seenBy.find((i) => !(i in detections))
  if (astray !== undefined)
    throw new MetricError('seenBy', `${astray} is none of the ${detections.length} detections, counted from 0`)
  const arms = parts.map((part, i) => {
    const test = (split[i] ?? split[0]!).filter((row) => row.part === 'test')
    assertUnseen(seenBy.length === 0 ? provenance : provenance.filter((_, k) => seenBy[k] === i), test)
    return { ...part, films: filmsWithBoxes(test, detections[i]!, boxes), patients: test.map((row) => row.patient) }
  })
  const metrics: ReadonlyArray<MetricRow> = compare(arms, contrasts, [cocoMain, cocoAt50], rng(ctx.seed), params).map(
    (row) => ({ ...row, part: 'test', unit: '' }),
  )
  return { metrics }
}
