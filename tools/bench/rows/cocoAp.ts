// Our side of the row of COCO's metric.
import { cocoAp } from '@radiograft/metrics'
import { serve } from '../side.ts'
import { detectionFilms } from './detectionFilms.ts'

await serve<{ films: number }>(({ scratch, films }) => {
  const all = detectionFilms(scratch, films)
  return { unit: () => ({ ap: cocoAp(all).value ?? Number.NaN }) }
})
