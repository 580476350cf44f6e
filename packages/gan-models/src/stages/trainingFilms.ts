// Which films a GAN may train on: those of the training part that have a graft, and the real ones. Used by the entries of
// both fits.
import { filmsOf, type Films, type LabelRow, type SplitRow } from '@radiograft/pipeline'
import { GanModelsError } from '../GanModelsError.ts'

export interface TrainingFilms {
  /** ids of the films that are translated, ascending */
  readonly inputs: ReadonlyArray<string>
  /** ids of the real films, ascending */
  readonly reals: ReadonlyArray<string>
}

/**
 * @param having blended films or pseudo-normals of any part
 * @param port its name, for the error
 * @throws GanModelsError when one of the two lists is empty
 */
export const trainingFilms = ({
  having,
  labels,
  split,
  reals: wanted = 'normal',
  normalClass,
  port,
}: {
  readonly having: Pick<Films, 'ids'>
  readonly labels: ReadonlyArray<LabelRow>
  readonly split: ReadonlyArray<SplitRow>
  /** @default 'normal' */
  readonly reals?: 'normal' | 'abnormal'
  readonly normalClass: string
  readonly port: string
}): TrainingFilms => {
  const training = new Set(filmsOf(split, 'train'))
  const inputs = having.ids.filter((id) => training.has(id))
  const isReal = (row: LabelRow): boolean => (wanted === 'abnormal' ? row.target === 1 : row.class === normalClass)
  const reals = labels.flatMap((row) => (isReal(row) && training.has(row.film) ? [row.film] : []))
  if (inputs.length === 0)
    throw new GanModelsError(
      port,
      `none of its ${having.ids.length} films is in the training part (${training.size} films): graft training films that have boxes, or use another split`,
    )
  if (reals.length === 0 && wanted === 'abnormal')
    throw new GanModelsError('labels', 'no positive film in the training part: check the labels and the split')
  if (reals.length === 0) {
    const classes = [...new Set(labels.map((row) => row.class))].toSorted()
    throw new GanModelsError(
      'labels',
      `no film of class “${normalClass}” in the training part; there are ${classes.join(', ') || 'none'}: check the labels, or set normalClass`,
    )
  }
  return { inputs, reals: reals.toSorted() }
}
