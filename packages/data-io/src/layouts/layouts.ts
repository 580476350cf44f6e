// The layouts that are read, in the order in which they are looked for: one that is told by a file name comes before one
// that any two folders of films would make. Used by detectLayout, checkFolder and readFolderTables.
import type { Layout } from '../folder/FilmFolder.ts'
import { chexpertLayout } from './chexpert/chexpertLayout.ts'
import { classesLayout } from './classes/classesLayout.ts'
import type { FolderLayout } from './FolderLayout.ts'
import { nihLayout } from './nih/nihLayout.ts'
import { rsnaLayout } from './rsna/rsnaLayout.ts'

export const LAYOUTS: ReadonlyArray<FolderLayout> = [rsnaLayout, nihLayout, chexpertLayout, classesLayout]

export const layoutOf = (name: Layout): FolderLayout => LAYOUTS.find(({ layout }) => layout === name)!
