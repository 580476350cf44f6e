// Normal phantom films, and grafts of one onto another, as `paste-forensics` is given them: what its tests are rigged with.
import { graftFilm } from '@radiograft/blend'
import { renderFilm, rsnaCohort, type PhantomFilmDescription } from '@radiograft/data-io'
import type { Films } from '@radiograft/pipeline'
import { cohortTables, filmsInMemory } from '@radiograft/pipeline/testing'
import { unitFilm } from '../answers/unitFilm.ts'

/**
 * @param n hosts, at most 99; the donor is another host's film, unlike the nearest one of a run, so that seams show
 * @returns inputs of the stage but `blended`, and what could stand there: grafts of three kinds under the same ids
 */
export const forensicPhantom = (seed: number, size: number, n: number) => {
  const drawn = rsnaCohort(seed, 8 * n)
  const of = (name: PhantomFilmDescription['class']) => drawn.filter((film) => film.class === name).slice(0, n)
  const films = of('Normal').map(({ index }) => unitFilm(renderFilm({ seed, index, size }).pixels))
  // boxes of a lesion's shape: those of a dozen films that have one
  const boxes = of('Lung Opacity')
    .slice(0, 12)
    .map(({ index }) => renderFilm({ seed, index, size: 32 }).findings)
  const scale = size / 32
  const ids = films.map((_, i) => `n${String(i).padStart(2, '0')}`)
  const donorOf = (i: number): number => (i + 7) % n
  const grafts = films.map((film, i) =>
    graftFilm({
      film,
      donor: films[donorOf(i)]!,
      boxes: boxes[i % boxes.length]!.map(
        ({ box: [x0, y0, x1, y1] }) => [x0 * scale, y0 * scale, x1 * scale, y1 * scale] as const,
      ),
      height: size,
      width: size,
    }),
  )
  const made = ids.map((id, i) => `${id}+${ids[donorOf(i)]}`)
  const synthetic = (pixels: (i: number) => Float32Array): Films => filmsInMemory(made, size, (_, i) => pixels(i))
  const tables = cohortTables(ids, { partOf: () => 'train' })
  return {
    inputs: {
      films: filmsInMemory(ids, size, (_, i) => films[i]!),
      pasted: synthetic((i) => grafts[i]!.pasted),
      ...tables,
    },
    /** the very pastes */
    pasted: synthetic((i) => grafts[i]!.pasted),
    blended: synthetic((i) => grafts[i]!.blended),
    /** no seam: the donor's film as it was */
    untouched: synthetic((i) => films[donorOf(i)]!),
  }
}
