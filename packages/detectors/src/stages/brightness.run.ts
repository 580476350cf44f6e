// Entry of `brightness`.
import { filmsOf } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { brightness as brightBoxes } from '../brightness.ts'
import type { brightness } from './brightness.ts'
import type { FilmDetections } from './detectionRows.ts'
import { detectionRows } from './detectionRows.ts'

export const run: RunOf<typeof brightness> = async ({ params, inputs, ctx }) => {
  const { films, split } = inputs
  const { deviations, margin, smallest, largest } = params
  const wanted = filmsOf(split, 'validation', 'test')
  const seen: FilmDetections[] = []
  for (const film of wanted) {
    ctx.signal.throwIfAborted()
    const [pixels] = await films.rows([films.indexOf(film)])
    const options = { deviations, margin, area: [smallest, largest] as const }
    seen.push({ film, found: brightBoxes(pixels!, films.height, films.width, options) })
    ctx.progress(seen.length, wanted.length)
  }
  return { detections: detectionRows(seen) }
}
