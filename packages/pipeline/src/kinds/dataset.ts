// Dataset: where films come from, bound by `--data`, else the phantom. A folder enters keys by the digests of its files'
// contents, never by its path.
import { valueKind } from '../Kind.ts'

export interface Dataset {
  readonly layout: 'phantom' | 'rsna'
  /** absolute path of the folder; empty for the phantom */
  readonly root: string
}

export const Dataset = valueKind<Dataset>()('dataset', { layout: 'json' })
