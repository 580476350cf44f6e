// Test films for a figure: some with a box, then some without, class Normal before others, at equal distances along their ids.
import { filmsOf, type LabelRow, type SplitRow } from '@radiograft/pipeline'
import { evenly } from '../../pictures/evenly.ts'

export const chooseTestFilms = (
  split: ReadonlyArray<SplitRow>,
  labels: ReadonlyArray<LabelRow>,
  hasBox: (film: string) => boolean,
  { positives, negatives }: { readonly positives: number; readonly negatives: number },
): ReadonlyArray<string> => {
  const classOf = new Map(labels.map((row) => [row.film, row.class]))
  const test = filmsOf(split, 'test')
  const without = test.filter((film) => !hasBox(film))
  const normals = without.filter((film) => classOf.get(film) === 'Normal')
  return [...evenly(test.filter(hasBox), positives), ...evenly(normals.length > 0 ? normals : without, negatives)]
}
