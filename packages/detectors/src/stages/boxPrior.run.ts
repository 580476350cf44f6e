// Entry of `box-prior`. Scores are training frequencies, so that a threshold tuned on validation decides on which sides,
// if any, the prior is predicted.
import { boxesByFilm, filmsOf, trainedOn } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { boxPrior as priorBoxes } from '../boxPrior.ts'
import type { boxPrior } from './boxPrior.ts'
import { detectionRows } from './detectionRows.ts'

export const run: RunOf<typeof boxPrior> = ({ params, inputs, ctx }) => {
  const { films, boxes, split, cohort } = inputs
  const training = filmsOf(split, 'train')
  const boxesOf = boxesByFilm(boxes)
  const found = priorBoxes(training.map(boxesOf), films.width, { centre: params.centre })
  ctx.log(`${found.length} prior boxes from ${training.length} training films`)
  return {
    detections: detectionRows(filmsOf(split, 'validation', 'test').map((film) => ({ film, found }))),
    provenance: trainedOn('box-prior', training, cohort),
  }
}
