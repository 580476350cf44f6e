// Which class a film of a folder has in a run. Used by the read-films entry and by the checks before a run.
import type { FolderFilm } from '../folder/FilmFolder.ts'

/**
 * @param finding the target
 * @param classes as the layout has them, or Normal, the finding, neither
 */
export const classOf = (
  { class: name, target }: Pick<FolderFilm, 'class' | 'target'>,
  finding: string,
  classes: 'layout' | 'task',
): string => {
  if (classes === 'layout') return name
  if (target === 1) return finding
  return name === 'Normal' ? name : `No ${finding} / Not Normal`
}
