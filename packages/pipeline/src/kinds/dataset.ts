// Dataset: where films come from, or the weights of a feature network, bound by `--data`, else the phantom. A folder enters keys by the digests of its files'
// contents and by what is left out of it, never by its path.
import { valueKind } from '../Kind.ts'

export interface Dataset {
  /** `layers-model`: no films, a folder with the model.json of TF.js; the phantom where none is given */
  readonly layout: 'phantom' | 'rsna' | 'nih' | 'chexpert' | 'classes' | 'layers-model'
  /** absolute path of the folder; empty for the phantom */
  readonly root: string
  /** films that cannot be used are left out and listed, in place of ending the run (`--skip-bad`). @default false */
  readonly skipBad?: boolean
  /** lateral films end the run, or are left out and counted (`--laterals drop`). @default 'refuse' */
  readonly laterals?: 'refuse' | 'drop'
}

/** Whether there are films of people in it. */
export const holdsPatients = ({ layout }: { readonly layout: string }): boolean =>
  layout !== 'phantom' && layout !== 'layers-model'

export const Dataset = valueKind<Dataset>()('dataset', { layout: 'json' })
