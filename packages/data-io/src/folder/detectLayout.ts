// The layout of a folder by the names in it. No file is opened: what is missing or wrong is the check's matter. Used by
// checkFolder and by the command line.
import { LAYOUTS } from '../layouts/layouts.ts'
import type { Layout } from './FilmFolder.ts'

/** undefined where no layout fits, and where there is no such folder */
export const detectLayout = (folder: string): Layout | undefined => LAYOUTS.find(({ detect }) => detect(folder))?.layout

/** What is looked for, one line a layout: for the message when nothing fits. */
export const describeLayouts = (): ReadonlyArray<string> => LAYOUTS.map(({ looksFor }) => looksFor)
