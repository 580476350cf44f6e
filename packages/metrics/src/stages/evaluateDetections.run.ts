// Entry of `evaluate-detections`: rows to films, one tuned threshold for every RSNA protocol, per-film scores out; COCO AP of
// all detections, whatever their score.
import { rng } from '@radiograft/random'
import { assertUnseen, type RunOf, type ScoreRow } from '@radiograft/pipeline'
import { cocoBootstrap } from '../cocoBootstrap.ts'
import { cocoAt50, cocoMain } from '../cocoProtocol.ts'
import { detectionProtocols } from '../detectionProtocols.ts'
import { filmsWithBoxes } from '../filmsWithBoxes.ts'
import { patientBootstrap } from '../patientBootstrap.ts'
import { rsnaApAt } from '../rsnaAp.ts'
import { rsnaTable1 } from '../rsnaProtocol.ts'
import { tuneThreshold } from '../tuneThreshold.ts'
import type { evaluateDetections } from './evaluateDetections.ts'

export const run: RunOf<typeof evaluateDetections> = ({ params, inputs, ctx }) => {
  const { detections, boxes, split, provenance } = inputs
  const test = split.filter((row) => row.part === 'test')
  assertUnseen(provenance, test)
  const validation = split.filter((row) => row.part === 'validation')
  const tuned = tuneThreshold(filmsWithBoxes(validation, detections, boxes), undefined, rsnaTable1)

  const films = filmsWithBoxes(test, detections, boxes)
  const patients = test.map((row) => row.patient)
  const scores: ScoreRow[] = []
  const add = (metric: string, values: ReadonlyArray<number | null>): void => {
    values.forEach((value, i) => {
      if (value !== null) scores.push({ film: test[i]!.film, patient: patients[i]!, metric, value })
    })
  }
  for (const protocol of detectionProtocols) add(protocol.name, rsnaApAt(films, tuned.threshold, protocol).perFilm)
  const main = rsnaApAt(films, tuned.threshold, rsnaTable1)
  add(
    `${main.name}-positives`,
    main.perFilm.map((value, i) => (films[i]!.truth.length > 0 ? value : null)),
  )
  add(
    'false-alarm-rate',
    films.map((film) => (film.truth.length > 0 ? null : film.preds.some((p) => p.score >= tuned.threshold) ? 1 : 0)),
  )
  const interval = patientBootstrap({ patients, values: main.perFilm }, rng(ctx.seed), params)
  // without a true box there is no COCO AP
  const coco = films.every((film) => film.truth.length === 0)
    ? []
    : [cocoMain, cocoAt50].map((protocol) => {
        const { value, low, high } = cocoBootstrap([{ films, patients }], rng(ctx.seed), { ...params, ...protocol })
        return { arm: '', part: 'test', metric: protocol.name, value, low, high, n: films.length, unit: '' }
      })
  const row = { arm: '', low: NaN, high: NaN, unit: '' }
  return {
    scores,
    operating: [
      { ...row, part: 'validation', metric: 'score-threshold', value: tuned.threshold, n: validation.length },
      { ...row, part: 'validation', metric: `${main.name}-tuned`, value: tuned.value, n: validation.length },
      {
        ...row,
        part: 'test',
        metric: main.name,
        value: interval.value,
        low: interval.low,
        high: interval.high,
        n: main.counted,
      },
      ...coco,
    ],
  }
}
