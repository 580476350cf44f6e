// Entry of `read-rsna`: tables at once, films as a stream, one in memory.
import type { Film, RunOf } from '@radiograft/pipeline'
import { checkRsna } from '../rsna/checkRsna.ts'
import { readRsnaFilm, squareBoxes } from '../rsna/readRsna.ts'
import type { readRsna } from './readRsna.ts'

export const run: RunOf<typeof readRsna> = ({ params, inputs, ctx }) => {
  const { films, patientsKnown } = checkRsna(inputs.dataset.root)
  if (!patientsKnown) {
    ctx.log(
      'No rsna_to_nih.csv, or not for every film: RSNA’s ids name films, so splits are by film and may leak (G29).',
    )
  }
  const { size } = params
  const stream = async function* (): AsyncGenerator<Film> {
    for (const [i, film] of films.entries()) {
      ctx.signal.throwIfAborted()
      const { id, pixels } = await readRsnaFilm(film, params)
      yield { id, pixels }
      ctx.progress(i + 1, films.length)
    }
  }
  return {
    films: { height: size, width: size, storage: 'uint8', films: stream() },
    boxes: films.flatMap((film) =>
      squareBoxes(film, size).map(([x0, y0, x1, y1]) => ({ film: film.film, x0, y0, x1, y1, label: 'opacity' })),
    ),
    labels: films.map((film) => ({ film: film.film, class: film.class, target: film.target })),
    cohort: films.map(({ film, patient, patientKnown, view, sex, age }) => ({
      film,
      patient,
      patientKnown,
      view,
      sex,
      age,
    })),
  }
}
