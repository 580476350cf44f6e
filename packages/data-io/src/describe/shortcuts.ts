// What can be known of a film without looking at its lungs, and how far that alone tells the target. Used by
// describeFolder.
import type { FolderFilm } from '../folder/FilmFolder.ts'
import type { Shortcut } from './FolderDescription.ts'
import { shortcut } from './shortcut.ts'

const HIGH = { AP: 1, PA: 0, M: 1, F: 0 } as const

const isKnown = (value: string): value is keyof typeof HIGH => Object.hasOwn(HIGH, value)

export const shortcuts = (films: ReadonlyArray<FolderFilm>): ReadonlyArray<Shortcut> => [
  viewShortcut(films),
  shortcut('age', 'older', films, ({ age }) => (age >= 0 ? age : undefined)),
  shortcut('sex', 'M', films, ({ sex }) => (isKnown(sex) ? HIGH[sex] : undefined)),
]

/**
 * The view: a bedside film (AP) is made of those who cannot stand, who are the sicker ones, so a model can score by the
 * view without having seen a finding. The AUC of "AP is positive" is ½ + ½ (P(AP | 1) − P(AP | 0)), exactly.
 */
export const viewShortcut = (
  films: ReadonlyArray<Pick<FolderFilm, 'view' | 'target' | 'patient' | 'class'>>,
): Shortcut => shortcut('view', 'AP', films, ({ view }) => (isKnown(view) ? HIGH[view] : undefined))
