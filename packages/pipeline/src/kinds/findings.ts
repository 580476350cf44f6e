// Findings: what the tables of a data set say of each film, finding by finding. A finding that they leave blank has no
// row: blank, absent and uncertain are three things.
import { tableKind } from '../Kind.ts'

export interface FindingRow {
  readonly film: string
  /** as the data set spells it, such as `Pleural Effusion` */
  readonly finding: string
  /** 1 present, 0 absent, −1 uncertain */
  readonly mention: number
}

export const Findings = tableKind<FindingRow>()('findings', {
  layout: 'table',
  columns: { film: 'utf8', finding: 'utf8', mention: 'int32' },
  sortBy: ['film', 'finding'],
})
