// Entry of `draw-alignment`.
import type { FilmCell } from '@radiograft/figures'
import { filmsOf, type Films, type RunOf } from '@radiograft/pipeline'
import type { drawAlignment } from './drawAlignment.ts'
import { evenly } from '../pictures/evenly.ts'
import { filmFigure } from '../pictures/filmFigure.ts'
import { filmMoments, meanOf, sharpness } from './filmMoments.ts'
import { shownFilm, shownPicture } from '../pictures/shownFilm.ts'
import { toWhite, whiteFor } from './whiteFor.ts'

const pixelsOf = async function* (films: Films, ids: ReadonlyArray<string>): AsyncGenerator<Float32Array> {
  for (const id of ids) yield (await films.rows([films.indexOf(id)]))[0]!
}

export const run: RunOf<typeof drawAlignment> = async ({ params, inputs }) => {
  const test = filmsOf(inputs.split, 'test')
  const shown = evenly(test, params.films)
  const states = []
  for (const [label, films] of [
    ['before alignment', inputs.films],
    ['after alignment', inputs.aligned],
  ] as const) {
    const { height, width } = films
    states.push({ label, films, height, width, ...(await filmMoments(pixelsOf(films, test), height * width)) })
  }
  const white = whiteFor(states.map((state) => state.deviation))
  const rows = []
  for (const { label, films, height, width, mean, deviation } of states) {
    const cells: FilmCell[] = []
    for (const id of shown) cells.push({ ...(await shownFilm(films, id)), note: id })
    cells.push(
      { film: shownPicture(mean, height, width), note: `edges ${sharpness(mean, height, width).toFixed(2)}` },
      { film: shownPicture(toWhite(deviation, white), height, width), note: `mean ${meanOf(deviation).toFixed(3)}` },
    )
    rows.push({ label, cells })
  }
  const title = 'Test films before and after alignment'
  const caption =
    `${shown.length} of ${test.length} test films at equal distances along their ids; the mean of all ${test.length}, with the ` +
    'mean slope of its edges (grey range a film width: higher is sharper); and the standard deviation between films, ' +
    `black 0 to white ${white.toFixed(2)} of the grey range in both rows, with its mean (lower is closer). A map that shrinks ` +
    'all films would lower the deviation too: read it beside det θ.'
  const columns = [...shown.map((_, i) => `film ${i + 1}`), `mean of ${test.length}`, 'deviation']
  return { figure: filmFigure({ title, caption, row: 'G5' }, columns, test.length === 0 ? [] : rows) }
}
