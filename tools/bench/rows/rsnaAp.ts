// Our side of the row of the RSNA metric.
import { rsnaAp } from '@radiograft/metrics'
import { serve } from '../side.ts'
import { detectionFilms } from './detectionFilms.ts'

await serve<{ films: number }>(({ scratch, films }) => {
  const all = detectionFilms(scratch, films)
  return { unit: () => ({ ap: rsnaAp(all).value ?? Number.NaN }) }
})
