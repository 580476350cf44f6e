// Boxes of a folder, as counts and medians. Used by describeFolder.
import type { FolderFilm } from '../folder/FilmFolder.ts'
import type { BoxFacts } from './FolderDescription.ts'
import { countBy, mostCommon } from './countBy.ts'
import { quantile } from './quantile.ts'

const median = (values: ReadonlyArray<number>): number =>
  values.length === 0
    ? 0
    : quantile(
        values.toSorted((a, b) => a - b),
        0.5,
      )

/** @param finding whose positives are asked for a box */
export const boxFacts = (films: ReadonlyArray<FolderFilm>, finding: string): BoxFacts => {
  const all = films.flatMap(({ boxes, rows, columns }) =>
    boxes.map(({ box: [x0, y0, x1, y1], label }) => ({ label, width: x1 - x0, height: y1 - y0, rows, columns })),
  )
  const most = films.reduce((least, { boxes }) => Math.max(least, boxes.length), 0)
  return {
    boxes: all.length,
    perFilm: Array.from({ length: most }, (_, i) => films.filter(({ boxes }) => boxes.length === i + 1).length),
    width: median(all.map(({ width }) => width)),
    height: median(all.map(({ height }) => height)),
    widthShare: median(all.map(({ width, columns }) => width / columns)),
    heightShare: median(all.map(({ height, rows }) => height / rows)),
    positivesWithout: films.filter(({ target, boxes }) => target === 1 && !boxes.some(({ label }) => label === finding))
      .length,
    byLabel: Object.fromEntries(mostCommon(countBy(all, ({ label }) => label))),
  }
}
