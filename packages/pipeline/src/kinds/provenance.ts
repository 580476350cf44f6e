// Provenance: every film that a product has seen, with its patient and how. Evaluation refuses films whose patient is
// among them (`assertUnseen`).
import { tableKind } from '../Kind.ts'

export interface ProvenanceRow {
  /** what has seen the film, such as `aligner`, `detector` */
  readonly product: string
  readonly film: string
  readonly patient: string
  /** `training` when parameters were fitted on it, `tuning` when a choice was made by it, `donor` when its pixels were copied */
  readonly role: 'training' | 'tuning' | 'donor'
}

export const Provenance = tableKind<ProvenanceRow>()('provenance', {
  layout: 'table',
  columns: { product: 'utf8', film: 'utf8', patient: 'utf8', role: 'utf8' },
  sortBy: ['product', 'film', 'role'],
})
