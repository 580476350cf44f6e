// What detections.prepare.ts wrote, film by film, as packages/metrics takes it.
import type { Box } from '@radiograft/geometry'
import type { RsnaFilm, ScoredBox } from '@radiograft/metrics'
import { readFloat64 } from './rawFile.ts'

export const detectionFilms = (scratch: string, films: number): ReadonlyArray<RsnaFilm> => {
  const all = Array.from({ length: films }, (_, film) => ({
    id: String(film),
    preds: [] as ScoredBox[],
    truth: [] as Box[],
  }))
  const boxAt = (from: Float64Array, i: number): Box => [from[i + 1]!, from[i + 2]!, from[i + 3]!, from[i + 4]!]
  const detections = readFloat64(scratch, 'detections.f64')
  for (let i = 0; i < detections.length; i += 6)
    all[detections[i]!]!.preds.push({ box: boxAt(detections, i), score: detections[i + 5]! })
  const truth = readFloat64(scratch, 'truth.f64')
  for (let i = 0; i < truth.length; i += 5) all[truth[i]!]!.truth.push(boxAt(truth, i))
  return all
}
