// Entry of `read-films`: tables at once, films as a stream, a few in memory. Where bad films are to be skipped all are
// decoded before any table is answered, since only then is it known which films there are.
import type { Film, PreparationRow, RunOf } from '@radiograft/pipeline'
import { checkFolder } from '../folder/checkFolder.ts'
import type { FolderFilm } from '../folder/FilmFolder.ts'
import type { FolderProblem } from '../folder/FolderError.ts'
import { squareBoxes } from '../folder/readFilm.ts'
import { streamFilms } from '../folder/streamFilms.ts'
import { classOf } from './classOf.ts'
import { filmSpool } from './filmSpool.ts'
import { folderOptions } from './folderOptions.ts'
import { leftOut } from './leftOut.ts'
import type { readFilms } from './readFilms.ts'

export const run: RunOf<typeof readFilms> = async ({ params, inputs, ctx }) => {
  const { size, window, storage } = params
  const { layout, root, skipBad = false } = inputs.dataset
  if (layout === 'layers-model') throw new Error(`read-films reads films, and ${root} holds the weights of a network.`)
  if (layout === 'phantom') throw new Error('read-films reads folders; the phantom is rendered by render-phantom.')
  const folder = await checkFolder(root, layout, folderOptions(inputs.dataset, params))
  if (!folder.patientsKnown) {
    ctx.log('Who is on which film is not known for all films: splits are by film and may leak (G29).')
  }
  const preparations: PreparationRow[] = []
  const damaged: FolderProblem[] = []
  const stream = async function* (): AsyncGenerator<Film> {
    let done = 0
    const options = { size, window, workers: ctx.threads, signal: ctx.signal }
    const skipping = skipBad ? { onBad: (problem: FolderProblem) => damaged.push(problem) } : {}
    for await (const { film, pixels, preparation } of streamFilms(folder, { ...options, ...skipping })) {
      preparations.push({ film: film.film, ...preparation })
      yield { id: film.film, pixels }
      ctx.progress(++done + damaged.length, folder.films.length)
    }
  }
  const most = storage === 'uint8' ? 255 : 65_535
  const spool = skipBad ? await filmSpool(ctx.scratch, 'films', most) : undefined
  if (spool) {
    for await (const { id, pixels } of stream())
      await spool.write(
        id,
        pixels.map((x) => Math.round(x * most)),
      )
    await spool.close()
  }
  const gone = new Set(damaged.map(({ film }) => film))
  const films = folder.films.filter(({ film }) => !gone.has(film))
  const boxesOf = (film: FolderFilm) =>
    squareBoxes(film, size)
      .filter(({ label }) => label === folder.finding)
      .map(({ box: [x0, y0, x1, y1], label }) => ({ film: film.film, x0, y0, x1, y1, label }))
  return {
    films: { height: size, width: size, storage, films: spool ? spool.films() : stream() },
    boxes: films.flatMap(boxesOf),
    labels: films.map((film) => ({
      film: film.film,
      class: classOf(film, folder.finding, params.classes),
      target: film.target,
    })),
    findings: films.flatMap(({ film, mentions }) =>
      Object.entries(mentions).map(([finding, mention]) => ({ film, finding, mention })),
    ),
    cohort: films.map(({ film, patient, patientKnown, view, sex, age }) => ({
      film,
      patient,
      patientKnown,
      view,
      sex,
      age,
    })),
    // filled as films are read: the films are declared, and so written, before them
    preparations,
    left: leftOut(folder, damaged),
  }
}
